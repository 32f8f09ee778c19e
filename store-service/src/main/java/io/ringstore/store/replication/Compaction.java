package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the past go by itself: the primary looks what exceeds the bounds, and puts a command into the log.
 *
 * <p>Every replica then lets go of the same at the same place of the log, whatever its own settings are (decision 5).
 */
final class Compaction implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final NodeId self;
    private final ReplicaLifecycle lifecycle;
    private final Retention retention;
    private final Duration every;
    private final InstantSource clock;
    private volatile boolean running;
    private volatile Thread worker = Thread.ofVirtual().unstarted(this::work);

    Compaction(NodeId self, ReplicaLifecycle lifecycle, Retention retention, Duration every, InstantSource clock) {
        this.self = self;
        this.lifecycle = lifecycle;
        this.retention = retention;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofVirtual().name("compaction").start(this::work);
    }

    private void work() {
        while (running) {
            try {
                Thread.sleep(every);
                RaftNode node = lifecycle.node().orElse(null);
                LedgerReplica replica = node == null ? null : node.replica();
                if (node != null && replica != null && node.isPrimary()) {
                    compact(node, replica);
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("looking for what can be let go failed, tried again later", e);
            }
        }
    }

    /** What becomes of the command does not matter: if it is not applied, the next one will be. */
    private void compact(RaftNode node, LedgerReplica replica) throws IOException {
        long upTo = retention.compactTo(replica.kept(), clock.millis());
        if (upTo > replica.read(Ledger::compacted)) {
            var command = new LedgerCommand.Compact(upTo);
            Outcome outcome = node.submit(self, command, LedgerCodec.encode(command));
            LOG.debug("compact upTo={} outcome={}", upTo, outcome);
        }
    }

    @Override
    public void stop() {
        running = false;
        worker.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started after the replica and stopped before it. */
    @Override
    public int getPhase() {
        return lifecycle.getPhase() + 1;
    }
}
