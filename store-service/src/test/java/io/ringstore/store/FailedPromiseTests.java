package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.store.replication.FailStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot write down for whom it votes halts: asked again, it might vote twice (P4). */
class FailedPromiseTests {

    @TempDir
    private static Path disks;

    private static StoreCluster cluster;

    @BeforeAll
    static void found() throws IOException {
        cluster = new StoreCluster(disks);
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            cluster.spawn(i);
        }
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void aVoteThatCannotBeWrittenDownEndsTheNode() throws Exception {
        RingOfOne ring = RingOfOne.open(cluster);
        ring.writeMany(cluster.awaitPrimary(), 20, "before");
        int primary = cluster.awaitPrimary();
        int voter = cluster.anyBeside(primary);
        // The new content is written beside the old one; a directory stands where that would be.
        Path inTheWay = Files.createDirectory(voteOf(voter).resolveSibling("raft-meta.tmp"));

        cluster.stop(primary);

        assertThat(cluster.process(voter).awaitEnd()).isEqualTo(FailStop.EXIT_CODE);
        assertThat(cluster.process(voter).output()).contains("writing down a promise failed");

        Files.delete(inTheWay);
        cluster.spawn(voter);
        cluster.spawn(primary);
        cluster.awaitSameStateEverywhere();
        assertThat(cluster.logOf(voter)).isEqualTo(ring.acknowledged());
    }

    private static Path voteOf(int index) throws IOException {
        try (Stream<Path> files = Files.walk(cluster.disk(index))) {
            return files.filter(file -> file.endsWith("raft-meta")).findFirst().orElseThrow();
        }
    }
}
