package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import java.util.List;
import java.util.OptionalLong;

/** What the replicated log carries. */
public sealed interface LedgerCommand {

    /**
     * The writes of one critical section (ring-protocol.md §8.1).
     *
     * @param config id of the configuration the sender believes in
     */
    record Batch(long config, NodeId node, Fence fence, List<Entry> entries) implements LedgerCommand {
        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Opens the epoch after {@code expectEpoch} for {@code node}, if nobody else did (rule R8, §8.2).
     *
     * @param config what the sender believes the ring to be; installed if the store has no list yet (§8.6)
     * @param claimId unique to this claim; a repeated claim gets the first one's answer
     * @param expectHop hop of the last accepted batch, {@link Fence#NO_HOP} if there is none; empty means any
     */
    record Claim(RingConfig config, NodeId node, String claimId, long expectEpoch, OptionalLong expectHop)
            implements LedgerCommand {}

    /**
     * Lets the past go: log records up to a revision, and what keys held before it.
     *
     * @param upTo the oldest state that can still be read afterwards is that of this revision
     */
    record Compact(long upTo) implements LedgerCommand {}

    /** Replaces the list of sync nodes and fences every token of the old one (§8.6). */
    record Reconfigure(long expectConfig, List<NodeId> nodes) implements LedgerCommand {
        public Reconfigure {
            nodes = new RingConfig(expectConfig + 1, nodes)
                    .nodes(); // refuses what is no ring before it gets into the log
        }
    }
}
