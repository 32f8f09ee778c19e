package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.store.replication.FailStop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is on the disk was acknowledged, and a disk that cannot keep a promise ends the node that made it (P2, P4). */
class FaultyDiskTests {

    private static final int POWERED_OFF = 137;

    @TempDir
    private static Path directory;

    private static final List<FaultyDisk> DISKS = new ArrayList<>();
    private static StoreCluster cluster;
    private static RingOfOne ring;

    @BeforeAll
    static void found() throws Exception {
        cluster = new StoreCluster(directory);
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            DISKS.add(FaultyDisk.at(cluster.disk(i)));
            spawn(i);
        }
        ring = RingOfOne.open(cluster);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static void spawn(int index) throws Exception {
        cluster.spawn(index, DISKS.get(index).environment());
    }

    @BeforeEach
    void thePreferredPrimaryLeads() {
        Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
    }

    @AfterEach
    void everyReplicaHoldsEveryAcknowledgedWriteOnce() {
        ring.requireKeptEverywhere();
    }

    @Test
    void aBackupWhoseFlushFailsEndsAndIsNotMissed() throws Exception {
        aFailedFlushEnds(2);
    }

    @Test
    void aPrimaryWhoseFlushFailsEndsAndIsReplaced() throws Exception {
        aFailedFlushEnds(0);
    }

    private static void aFailedFlushEnds(int victim) throws Exception {
        try (var writes = new BackgroundWrites(ring, 1)) {
            writes.awaitMore(20);
            DISKS.get(victim).failFlushes();
            assertThat(cluster.process(victim).awaitEnd()).isEqualTo(FailStop.EXIT_CODE);
            writes.awaitMore(20);
        }
        DISKS.get(victim).repair();
        spawn(victim);
    }

    @Test
    @DisplayName("D9: what was acknowledged is not in memory only")
    void whenThePowerGoesEverywhereNothingAcknowledgedIsLost() throws Exception {
        try (var writes = new BackgroundWrites(ring, 1)) {
            writes.awaitMore(60);
            for (FaultyDisk disk : DISKS) {
                disk.holdFlushes();
            }
            writes.awaitSilence(); // who acknowledges what is not flushed would go on
            for (FaultyDisk disk : DISKS) {
                disk.cutPower();
            }
            for (int i = 0; i < StoreCluster.SIZE; i++) {
                assertThat(cluster.process(i).awaitEnd()).isEqualTo(POWERED_OFF);
                DISKS.get(i).repair();
                spawn(i);
            }
            writes.awaitMore(20);
        }
    }
}
