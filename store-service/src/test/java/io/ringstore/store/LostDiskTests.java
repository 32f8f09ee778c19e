package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.replication.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.HttpServerErrorException;

/** A disk that lost something is not trusted again: damaged it does not start, emptied it is another one (P5, P6). */
class LostDiskTests {

    @TempDir
    private Path disks;

    @Test
    void aDamagedDiskDoesNotStartAndAnEmptiedOneHasNoVoteWithoutAMajority() throws Exception {
        try (StoreCluster cluster = new StoreCluster(disks)) {
            cluster.startAll();
            RingOfOne ring = RingOfOne.open(cluster);
            ring.writeMany(cluster.awaitPrimary(), 20, "before");
            cluster.awaitSameStateEverywhere();
            cluster.stop(2);
            Path log = damageLog(cluster.disk(2));

            assertThatThrownBy(() -> cluster.start(2))
                    .hasRootCauseInstanceOf(DamagedStorageException.class)
                    .hasStackTraceContaining(log.getFileName() + " is damaged");

            cluster.stop(1);
            FileSystemUtils.deleteRecursively(cluster.disk(2));
            cluster.start(2);
            Awaitility.await()
                    .atMost(StoreCluster.PATIENCE)
                    .until(() -> cluster.bean(2, Replica.class).isOutside());
            assertThatThrownBy(() -> ring.attempt(cluster.store(0), "alone", "k", "v"))
                    .as("an emptied disk is no majority")
                    .isInstanceOf(HttpServerErrorException.class);
        }
    }

    /** Changes one byte inside the first record of the log. */
    private static Path damageLog(Path disk) throws IOException {
        Path log;
        try (Stream<Path> files = Files.walk(disk.resolve("raft"))) {
            log = files.filter(file -> file.getFileName().toString().startsWith("log_"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(log);
        content[16] ^= 1;
        Files.write(log, content);
        return log;
    }
}
