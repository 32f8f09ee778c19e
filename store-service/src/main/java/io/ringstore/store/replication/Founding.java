package io.ringstore.store.replication;

import io.ringstore.link.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * How disks without a group find out which one they belong to (P6).
 *
 * <p>A group is founded only by disks that are all empty, never by guess: each node asks every other one, and founds
 * only when all of them answered that they have no group either. The group's name follows from the cluster's and its
 * founders', so whoever founds it founds the same one. A node writes down its identity before it tells it, and its group
 * before it starts Raft; so a node that was founded with is named by those that went ahead, and one whose disk was
 * emptied since then is not: it stays outside until the primary gives it the place of the lost one.
 */
final class Founding {

    private Founding() {}

    /** What to do next. */
    sealed interface Step {

        /** This disk is a founder of that group. */
        record Join(UUID group, List<String> founders) implements Step {}

        /** Some node did not answer yet. */
        record Wait(List<String> silent) implements Step {}

        /** The cluster exists and does not know this disk; it waits to be added in place of the lost one. */
        record Outside(UUID group, List<String> founders) implements Step {}
    }

    /**
     * Decides by what the other nodes answered.
     *
     * @param answers of every other node that answered
     * @param allowed whether this node may found a group at all
     */
    static Step step(NodeIdentity self, List<NodeAddress> nodes, List<NodeIdentity> answers, boolean allowed) {
        for (NodeIdentity other : answers) {
            if (other.group() != null && other.founders().contains(self.peer())) {
                return new Step.Join(other.group(), other.founders());
            }
        }
        for (NodeIdentity other : answers) {
            if (other.group() != null) {
                return new Step.Outside(other.group(), other.founders());
            }
        }
        List<String> silent = silent(self, nodes, answers);
        if (!silent.isEmpty() || !allowed) {
            return new Step.Wait(silent);
        }
        List<String> founders =
                new ArrayList<>(answers.stream().map(NodeIdentity::peer).toList());
        founders.add(self.peer());
        Collections.sort(founders);
        return new Step.Join(groupOf(self.cluster(), founders), founders);
    }

    private static List<String> silent(NodeIdentity self, List<NodeAddress> nodes, List<NodeIdentity> answers) {
        return nodes.stream()
                .map(NodeAddress::id)
                .filter(node -> !node.equals(self.node()))
                .filter(node ->
                        answers.stream().noneMatch(answer -> answer.node().equals(node)))
                .toList();
    }

    static UUID groupOf(String cluster, List<String> founders) {
        return UUID.nameUUIDFromBytes((cluster + "/" + String.join(",", founders)).getBytes(StandardCharsets.UTF_8));
    }
}
