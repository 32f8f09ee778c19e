package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.StoreStatus;
import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A node whose disk lost or changed anything that it may have acknowledged does not start, and says what to do; the
 * other two go on (P5).
 */
class DamagedDiskTests {

    @TempDir
    private static Path disks;

    private static StoreCluster cluster;
    private static RingOfOne ring;
    private static Path intact;

    @BeforeAll
    static void found() throws IOException {
        cluster = new StoreCluster(disks);
        cluster.startAll();
        ring = RingOfOne.open(cluster);
        ring.writeMany(cluster.awaitPrimary(), 700, "enough for snapshots and for files that are cut off");
        intact = disks.resolve("intact");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void stopOneNode() throws IOException {
        ring.writeMany(cluster.awaitPrimary(), 10, "before");
        cluster.awaitSameStateEverywhere();
        StoreStatus status = cluster.status(2).orElseThrow();
        Awaitility.await("it is noted how far the log reaches")
                .atMost(StoreCluster.PATIENCE)
                .until(() ->
                        Files.readString(cluster.disk(2).resolve("log-mark")).startsWith(status.commit() + " "));
        cluster.stop(2);
        FileSystemUtils.deleteRecursively(intact);
        FileSystemUtils.copyRecursively(cluster.disk(2), intact);
    }

    @AfterEach
    void withItsDiskAsItWasTheNodeTakesPartAgain() throws IOException {
        FileSystemUtils.deleteRecursively(cluster.disk(2));
        FileSystemUtils.copyRecursively(intact, cluster.disk(2));
        cluster.start(2);
        cluster.awaitSameStateEverywhere();
        assertThat(cluster.logOf(2)).isEqualTo(ring.acknowledged());
    }

    @Test
    void aFlippedBitInTheMiddleOfTheLog() throws IOException {
        Path log = logFiles().getFirst();
        flip(log, 600);

        assertRefused(log, "is not as written");
    }

    @Test
    void aLastRecordThatIsCutInTwo() throws IOException {
        Path log = logFiles().getLast();
        byte[] content = Files.readAllBytes(log);
        truncate(log, endOfData(content) - 7);

        assertRefused(log, "is not as written");
    }

    /** As a power cut leaves a record that was never acknowledged; but this one was. */
    @Test
    void anAcknowledgedLastRecordWhoseEndIsZero() throws IOException {
        Path log = logFiles().getLast();
        byte[] content = Files.readAllBytes(log);
        int end = endOfData(content);
        Arrays.fill(content, end - 20, end, (byte) 0);
        Files.write(log, content);

        assertRefused(log, "is not as written");
    }

    @Test
    void aLastFileOfTheLogThatIsGone() throws IOException {
        Files.delete(logFiles().getLast());

        assertRefused(current(), "the log ends after entry");
    }

    @Test
    void aVoteThatIsGone() throws IOException {
        Path vote = current().resolve("raft-meta");
        Files.delete(vote);

        assertRefused(vote, "the promises this node made");
    }

    @Test
    void aVoteOfAnEarlierTerm() throws IOException {
        Path vote = current().resolve("raft-meta");
        Files.writeString(vote, Files.readString(vote).replaceFirst("term=\\d+", "term=0"));

        assertRefused(vote, "but the last one was");
    }

    @Test
    void aLogAndAStateThatAreGone() {
        FileSystemUtils.deleteRecursively(cluster.disk(2).resolve("raft").toFile());

        assertThatThrownBy(() -> cluster.start(2))
                .hasRootCauseInstanceOf(DamagedStorageException.class)
                .hasStackTraceContaining("the directory of the replicated log is missing");
    }

    @Test
    void anIdentityThatIsGone() throws IOException {
        Files.delete(cluster.disk(2).resolve("identity.json"));

        assertRefused(cluster.disk(2).resolve("identity.json"), "the directory is not empty");
    }

    @Test
    void aFlippedBitInTheNewestSnapshot() throws IOException {
        Path snapshot = files("snapshot.").getLast();
        flip(snapshot, 40);

        assertRefused(snapshot, "its checksum does not match");
    }

    @Test
    void aFlippedBitInTheHistory() throws IOException {
        Path history;
        try (Stream<Path> all = Files.walk(cluster.disk(2))) {
            history = all.filter(file -> file.toString().endsWith(".history"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
        flip(history, 100);

        assertRefused(history, "checksum");
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> cluster.start(2))
                .hasStackTraceContaining(file + " is damaged")
                .hasStackTraceContaining(why)
                .hasStackTraceContaining("move the whole data directory away and start this node again");
        ring.writeMany(cluster.awaitPrimary(), 5, "without it");
    }

    private static Path current() throws IOException {
        return Objects.requireNonNull(files("raft-meta").getFirst().getParent());
    }

    private static List<Path> logFiles() throws IOException {
        return files("log_").stream()
                .sorted(Comparator.comparingLong(DamagedDiskTests::firstEntry))
                .toList();
    }

    private static long firstEntry(Path log) {
        return Long.parseLong(log.getFileName()
                .toString()
                .replace("log_", "")
                .replace("inprogress_", "")
                .replaceAll("-.*", ""));
    }

    private static List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(cluster.disk(2).resolve("raft"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static int endOfData(byte[] content) {
        int end = content.length;
        while (content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void flip(Path file, int offset) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[offset] ^= 1;
        Files.write(file, content);
    }

    private static void truncate(Path file, int length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
