package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.StoreStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * A node whose disk was lost comes back under a new identity, is filled by the others and counts again (P6), while writes
 * go on; processes of their own, so that nobody says goodbye.
 */
class ReplacedDiskTests {

    @TempDir
    private static Path disks;

    private static StoreCluster cluster;
    private static RingOfOne ring;

    @BeforeAll
    static void found() throws IOException {
        cluster = new StoreCluster(disks);
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            cluster.spawn(i);
        }
        ring = RingOfOne.open(cluster);
        ring.writeMany(cluster.awaitPrimary(), 700, "before");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @AfterEach
    void everyReplicaHoldsEveryAcknowledgedWriteOnce() {
        ring.requireKeptEverywhere();
    }

    @Test
    void aBackupWhoseDiskWasLostIsFilledAndCountsAgain() throws Exception {
        try (var writes = new BackgroundWrites(ring, 0)) {
            loseDisk(2);
            writes.awaitMore(50);
            cluster.spawn(2);
            awaitMember(2);

            cluster.stop(1);
            writes.awaitMore(50);
            cluster.spawn(1);
        }
    }

    @Test
    void thePreferredPrimaryWhoseDiskWasLostLeadsAgain() throws Exception {
        try (var writes = new BackgroundWrites(ring, 1)) {
            loseDisk(0);
            writes.awaitMore(50);
            cluster.spawn(0);
            awaitMember(0);
            Awaitility.await("store-0 leads again")
                    .atMost(StoreCluster.PATIENCE)
                    .until(() -> role(0).equals("PRIMARY"));

            cluster.stop(2);
            writes.awaitMore(50);
            cluster.spawn(2);
        }
    }

    @Test
    void aNodeThatDiesAgainAndAgainWhileItIsFilledStillComesBack() throws Exception {
        try (var writes = new BackgroundWrites(ring, 0)) {
            loseDisk(1);
            for (int life = 0; life < 4; life++) {
                cluster.spawn(1);
                Awaitility.await("store-1 speaks")
                        .atMost(StoreCluster.PATIENCE)
                        .until(() -> cluster.status(1).isPresent());
                writes.awaitMore(20 * life);
                cluster.stop(1);
                if (life == 1) {
                    FileSystemUtils.deleteRecursively(cluster.disk(1));
                }
            }
            cluster.spawn(1);
            awaitMember(1);

            cluster.stop(2);
            writes.awaitMore(50);
            cluster.spawn(2);
        }
    }

    @Test
    void aPrimaryThatDiesInTheMiddleOfTheChangeLeavesItToTheNext() throws Exception {
        Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
        try (var writes = new BackgroundWrites(ring, 1)) {
            loseDisk(2);
            cluster.spawn(2);
            Awaitility.await("the change has begun")
                    .atMost(StoreCluster.PATIENCE)
                    .until(() -> cluster.status(2).map(StoreStatus::primary).isPresent());
            cluster.stop(0);
            cluster.spawn(0);
            awaitMember(2);
            writes.awaitMore(50);

            cluster.stop(1);
            cluster.spawn(1);
        }
    }

    @Test
    void aReplacedDiskThatReturnsIsRefused() throws Exception {
        Path old = disks.resolve("the disk that was away");
        cluster.stop(2);
        FileSystemUtils.copyRecursively(cluster.disk(2), old);
        FileSystemUtils.deleteRecursively(cluster.disk(2));
        cluster.spawn(2);
        awaitMember(2);
        Path successor = disks.resolve("the disk in use");
        cluster.stop(2);
        Files.move(cluster.disk(2), successor);
        Files.move(old, cluster.disk(2));

        cluster.spawn(2);

        assertThat(cluster.process(2).awaitEnd()).isNotZero();
        assertThat(cluster.process(2).output()).contains("was replaced: it is store-2-");
        cluster.stop(2);
        FileSystemUtils.deleteRecursively(cluster.disk(2));
        Files.move(successor, cluster.disk(2));
        cluster.spawn(2);
    }

    private static void loseDisk(int index) {
        cluster.stop(index);
        assertThat(FileSystemUtils.deleteRecursively(cluster.disk(index).toFile()))
                .isTrue();
    }

    /** Ready is only who is a member; see QuorumHealthIndicator. */
    private static void awaitMember(int index) {
        Awaitility.await("store-" + index + " is a member")
                .atMost(StoreCluster.PATIENCE)
                .until(() -> cluster.isReady(index));
    }

    private static String role(int index) {
        return cluster.status(index).map(StoreStatus::role).orElse("");
    }
}
