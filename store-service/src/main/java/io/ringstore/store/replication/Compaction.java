package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the past go by itself: the primary looks what exceeds the bounds, and puts a command into the log.
 *
 * <p>Every replica then lets go of the same at the same place of the log, whatever its own settings are (decision 5).
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final NodeId self;
    private final ReplicaLifecycle lifecycle;
    private final Retention retention;
    private final InstantSource clock;

    Compaction(NodeId self, ReplicaLifecycle lifecycle, Retention retention, InstantSource clock) {
        this.self = self;
        this.lifecycle = lifecycle;
        this.retention = retention;
        this.clock = clock;
    }

    /** Looks once, if this node leads. */
    void look() throws IOException {
        RaftNode node = lifecycle.node().orElse(null);
        LedgerReplica replica = node == null ? null : node.replica();
        if (node != null && replica != null && node.isPrimary()) {
            compact(node, replica);
        }
    }

    /** Step by step; after one that was not applied, the next look goes on. */
    private void compact(RaftNode node, LedgerReplica replica) throws IOException {
        long gone = replica.read(Ledger::compacted);
        long upTo = retention.compactTo(replica.kept(), clock.millis());
        while (upTo > gone) {
            var command = new LedgerCommand.Compact(upTo);
            Outcome outcome = node.submit(self, command, LedgerCodec.encode(command));
            LOG.debug("compact upTo={} outcome={}", upTo, outcome);
            gone = replica.read(Ledger::compacted);
            upTo = gone < upTo ? gone : retention.compactTo(replica.kept(), clock.millis());
        }
    }
}
