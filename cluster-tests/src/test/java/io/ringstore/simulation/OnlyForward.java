package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodeReport;
import io.ringstore.simulation.Happening.Accepted;
import io.ringstore.simulation.Happening.Stepped;
import java.util.HashMap;
import java.util.Map;

/** S9: what a node has seen only grows while it lives, and it takes each fence once. */
final class OnlyForward implements Invariant {

    private final Map<String, Fence> seen = new HashMap<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Accepted(NodeId node, String life, Fence fence)) {
            Fence before = seen.getOrDefault(life, Fence.NONE);
            require(fence.isNewerThan(before), () -> "%s took %s after it had seen %s".formatted(node, fence, before));
            seen.put(life, fence);

        } else if (happening instanceof Stepped(NodeId node, String life, NodeReport report)) {
            Fence before = seen.getOrDefault(life, Fence.NONE);
            require(
                    !before.isNewerThan(report.seen()),
                    () -> "%s went from %s to %s".formatted(node, before, report.seen()));
            seen.put(life, report.seen());
        }
    }
}
