package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.simulation.Happening.Answered;
import io.ringstore.simulation.Happening.Blocked;
import io.ringstore.simulation.Happening.Entered;
import io.ringstore.simulation.Happening.Held;
import io.ringstore.simulation.Happening.Minted;
import io.ringstore.simulation.Happening.Queued;
import io.ringstore.simulation.Happening.Skipped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * L1: once the token has found a request waiting, it is answered within N critical sections (K of ring-protocol.md §6).
 *
 * <p>A new epoch, or a node that is skipped or blocked, makes those that it concerns count from the next visit.
 */
final class Fair implements Liveness {

    private final int nodes;
    private final Map<Long, Wait> waits = new LinkedHashMap<>();
    private long epoch;
    private long sections;

    /** A request that waits at a node, and how many critical sections there had been when the token found it. */
    private static final class Wait {
        final NodeId node;
        boolean found;
        long sectionsBefore;

        Wait(NodeId node) {
            this.node = node;
        }
    }

    Fair(int nodes) {
        this.nodes = nodes;
    }

    @Override
    public void check(Happening happening) {
        switch (happening) {
            case Queued(NodeId node, long ticket) -> waits.put(ticket, new Wait(node));
            case Answered(long ticket) -> waits.remove(ticket);
            case Held(NodeId node, Fence fence, boolean waiting) -> {
                if (waiting && fence.epoch() == epoch) {
                    found(node);
                }
            }
            case Entered(var _, Fence fence) -> {
                if (fence.epoch() == epoch) {
                    entered();
                }
            }
            case Minted(var _, Fence fence) -> {
                epoch = fence.epoch();
                restart(_ -> true);
            }
            case Skipped(NodeId peer) -> restart(wait -> wait.node.equals(peer));
            case Blocked(NodeId node) -> restart(wait -> wait.node.equals(node));
            case Happening.Asked _,
                    Happening.AttemptBegan _,
                    Happening.AttemptRefused _,
                    Happening.Acknowledged _,
                    Happening.Accepted _,
                    Happening.ClaimSent _,
                    Happening.ClaimAnswered _,
                    Happening.Sent _,
                    Happening.Stepped _,
                    Happening.Applied _,
                    Happening.Compared _ -> {}
        }
    }

    private void found(NodeId node) {
        for (Wait wait : waits.values()) {
            if (!wait.found && wait.node.equals(node)) {
                wait.found = true;
                wait.sectionsBefore = sections;
            }
        }
    }

    private void entered() {
        sections++;
        waits.forEach((ticket, wait) -> require(
                !wait.found || sections - wait.sectionsBefore <= nodes,
                () -> "attempt %d waits at %s for more than %d critical sections".formatted(ticket, wait.node, nodes)));
    }

    private void restart(Predicate<Wait> concerned) {
        waits.values().stream().filter(concerned).forEach(wait -> wait.found = false);
    }
}
