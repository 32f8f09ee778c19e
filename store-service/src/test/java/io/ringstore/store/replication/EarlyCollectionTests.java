package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Garbage among what is old is collected when it is much, and left alone when it is not. */
class EarlyCollectionTests {

    private static final long MIB = 1L << 20;

    private final FakeGeneration old = new FakeGeneration();
    private final EarlyCollection collection = new EarlyCollection(old);

    private static final class FakeGeneration implements OldGeneration {

        private long used;
        private long living;
        private long lived;
        private int collections;

        @Override
        public long used() {
            return used;
        }

        @Override
        public long lived() {
            return lived;
        }

        @Override
        public void collect() {
            collections++;
            used = living;
            lived = living;
        }
    }

    @Test
    void aHeapThatGrowsStaysBelowTwiceWhatLivesAndTheSlack() {
        old.living = 50 * MIB;
        long most = 0;
        for (int look = 0; look < 1_000; look++) {
            old.used += MIB;
            collection.look();
            most = Math.max(most, old.used);
        }
        assertThat(most).isEqualTo(2 * 50 * MIB + EarlyCollection.SLACK);
        assertThat(old.collections).as("collections for 1,000 MiB").isEqualTo(5);
    }

    @Test
    void aHeapFullOfWhatLivesIsNotCollectedAgainAndAgain() {
        old.living = 900 * MIB;
        old.used = 900 * MIB;
        for (int look = 0; look < 100; look++) {
            collection.look();
        }
        assertThat(old.collections).isEqualTo(1);
    }

    @Test
    void theOldGenerationOfANodesCollectorIsFoundAndCollected() throws Exception {
        String[] words = inAnotherProcess("-XX:+UseSerialGC").split(" ", 3);
        assertThat(Long.parseLong(words[0])).as("bytes used before").isGreaterThan(60 * MIB);
        assertThat(Long.parseLong(words[1])).as("bytes used after").isLessThan(20 * MIB);
        assertThat(Long.parseLong(words[2])).as("bytes that lived").isPositive().isLessThan(20 * MIB);
    }

    @Test
    void anotherCollectorIsLeftAlone() throws Exception {
        assertThat(inAnotherProcess("-XX:+UseParallelGC")).isEqualTo("0 0 0");
    }

    private static String inAnotherProcess(String collector) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        collector,
                        "-Xmx256m",
                        "-Xmn32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OldGarbage.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Makes garbage that is old, and says how much was in use before and after, and how much lived. */
    static final class OldGarbage {

        private static final int PIECE = 64 << 10;

        /** Keeps each piece for longer than the young generation does. */
        public static void main(String[] args) {
            OldGeneration old = OldGeneration.ofThisProcess();
            Deque<byte[]> cache = new ArrayDeque<>();
            for (long made = 0; made < 256 * MIB; made += PIECE) {
                cache.add(new byte[PIECE]);
                if (cache.size() > 80 * MIB / PIECE) {
                    cache.remove();
                }
            }
            long before = old.used();
            cache.clear();
            old.collect();
            System.out.println(before + " " + old.used() + " " + old.lived());
        }
    }
}
