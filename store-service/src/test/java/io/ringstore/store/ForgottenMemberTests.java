package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.store.replication.rest.MessageObserver;
import io.ringstore.store.replication.rest.ReplicationMessage;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.RaftPeerId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Ratis forgets a new member whose sender fails while it is being filled; the primary notices, and it is filled after all. */
class ForgottenMemberTests {

    @TempDir
    private Path disks;

    @Test
    void aMemberThatRatisSendsNothingToIsFilledByTheNextPrimary() throws Exception {
        var sender = new FailingSender();
        try (StoreCluster cluster = new StoreCluster(disks)) {
            cluster.start(
                    0,
                    context -> context.registerBean(
                            MessageObserver.class, () -> sender, definition -> definition.setPrimary(true)));
            cluster.startAll();
            RingOfOne ring = RingOfOne.open(cluster);
            Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
            ring.writeMany(0, 20, "before");

            cluster.stop(2);
            FileSystemUtils.deleteRecursively(cluster.disk(2));
            sender.failsForNewcomers.set(true);
            cluster.start(2);

            Awaitility.await("store-2 is a member")
                    .atMost(StoreCluster.PATIENCE)
                    .until(() -> cluster.isReady(2));
            assertThat(sender.failsForNewcomers).as("no sender failed").isFalse();
            ring.writeMany(cluster.awaitPrimary(), 20, "after");
            ring.requireKeptEverywhere();
        }
    }

    /** Once, and only for a peer that it has not heard of before. */
    private static final class FailingSender implements MessageObserver {
        private final AtomicBoolean failsForNewcomers = new AtomicBoolean();
        private final Set<RaftPeerId> known = ConcurrentHashMap.newKeySet();

        @Override
        public void sent(ReplicationMessage message, RaftPeerId to, long nanos, boolean answered) {
            if (message == ReplicationMessage.APPEND
                    && answered
                    && known.add(to)
                    && failsForNewcomers.getAndSet(false)) {
                throw new IllegalStateException("a defect in the sender to " + to);
            }
        }

        @Override
        public void received(ReplicationMessage message, long nanos, int status) {}
    }
}
