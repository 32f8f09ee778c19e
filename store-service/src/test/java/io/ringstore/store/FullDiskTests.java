package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.StoreStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.HttpServerErrorException.ServiceUnavailable;

/** A node whose disk is full takes no writes; the others go on, and when there is room again so does it, by itself. */
class FullDiskTests {

    private static final int MEGABYTES = 96;
    private static final long LESS_THAN_THE_RESERVE = 12 << 20;

    @TempDir
    private static Path directory;

    private static final List<SmallDisk> DISKS = new ArrayList<>();
    private static StoreCluster cluster;
    private static RingOfOne ring;

    @BeforeAll
    static void found() throws Exception {
        cluster = new StoreCluster(directory, "--ringstore.store.reserve=24MB");
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            DISKS.add(SmallDisk.mount(cluster.disk(i), MEGABYTES));
        }
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            cluster.spawn(i);
        }
        ring = RingOfOne.open(cluster);
    }

    @AfterAll
    static void close() throws IOException {
        cluster.close();
        for (SmallDisk disk : DISKS) {
            disk.close();
        }
    }

    @BeforeEach
    void thePreferredPrimaryLeads() {
        Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
        ring.writeMany(1, 50, "before");
        cluster.awaitSameStateEverywhere();
    }

    @AfterEach
    void everyReplicaHoldsEveryAcknowledgedWriteOnce() {
        ring.requireKeptEverywhere();
    }

    @Test
    void aFullBackupIsLeftBehindAndCatchesUp() throws Exception {
        DISKS.get(2).fill(LESS_THAN_THE_RESERVE);
        Awaitility.await("store-2 says so").atMost(StoreCluster.PATIENCE).until(() -> !cluster.isReady(2));

        ring.writeMany(0, 400, "x".repeat(500));

        assertThat(cluster.status(2).orElseThrow().revision())
                .isLessThan(cluster.status(0).orElseThrow().revision());
        DISKS.get(2).free();
    }

    @Test
    void aFullPrimaryGivesTheLeadAwayUntilThereIsRoom() throws Exception {
        DISKS.get(0).fill(LESS_THAN_THE_RESERVE);
        Awaitility.await("another one leads")
                .atMost(StoreCluster.PATIENCE)
                .until(() -> !cluster.status(1)
                        .map(StoreStatus::primary)
                        .orElse("store-0")
                        .equals("store-0"));
        ring.writeMany(1, 50, "without store-0");

        DISKS.get(0).free();
        Awaitility.await("store-0 leads again").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
    }

    @Test
    void whenAllDisksAreFullWritesAreRefusedForCertainAndGoOnWhenThereIsRoom() throws Exception {
        for (SmallDisk disk : DISKS) {
            disk.fill(LESS_THAN_THE_RESERVE);
        }
        for (int i = 0; i < StoreCluster.SIZE; i++) {
            int node = i;
            Awaitility.await("store-" + i + " says so")
                    .atMost(StoreCluster.PATIENCE)
                    .until(() -> !cluster.isReady(node));
        }
        Awaitility.await("a refusal")
                .atMost(StoreCluster.PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> ring.attempt(cluster.store(0), "refused", "k", "no"))
                        .isInstanceOf(ServiceUnavailable.class)
                        .hasMessageContaining("nearly full")
                        .hasMessageContaining("not-applied"));
        assertThat(cluster.store(0).read("key-0", "local", null, null).record()).isNotNull();

        for (SmallDisk disk : DISKS) {
            disk.free();
        }
        ring.writeMany(0, 20, "afterwards");
    }

    /** Something has to start it again then, as the container engine does. */
    @Test
    void aNodeThatCannotEvenStartDoesSoWhenThereIsRoom() throws Exception {
        cluster.stop(2);
        DISKS.get(2).fill(0);
        cluster.spawn(2);
        ring.writeMany(0, 50, "without store-2");
        DISKS.get(2).free();

        Awaitility.await("store-2 takes part").atMost(StoreCluster.PATIENCE).until(() -> {
            if (!cluster.process(2).isAlive()) {
                cluster.spawn(2);
            }
            return cluster.isReady(2);
        });
    }
}
