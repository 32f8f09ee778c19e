package io.ringstore.ring;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.StoreView;
import io.ringstore.ring.RingEvent.Silence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one node finds out about a token that seems lost, and what follows from it (ring-protocol.md §5.6). */
final class TakeoverCheck {

    /** Why the check is made. */
    enum Cause {
        /** The token that this node has a copy of does not move on. */
        COPY_OVERDUE,
        /** Nothing was heard of the token for a long time. */
        OUT_OF_SIGHT
    }

    /** What follows from the findings. */
    sealed interface Verdict {

        /** A new epoch is needed; a definite hop is a witness, because a ring that is alive would have moved it. */
        record Claim(long expectEpoch, OptionalLong expectHop, String reason) implements Verdict {}

        /** The ring lives elsewhere. */
        record LivesElsewhere(Fence fence) implements Verdict {}

        record AskAgain() implements Verdict {}

        /** Too few peers answer for a node that wants nothing itself. */
        record LeaveIt() implements Verdict {}
    }

    final Cause cause;

    /** The fence that does not move on: of the copy, or the newest in sight. */
    final Fence subject;

    long round;

    private final long firstAskedAt;

    private final List<NodeId> asked;
    private final Map<NodeId, NodeReport> reports = new HashMap<>();
    private final Set<NodeId> gone = new HashSet<>();
    private final Set<NodeId> silent = new HashSet<>();
    private @Nullable StoreView view;

    /** The newest fence known to this check, and when it was found. */
    private Fence newestFound;

    private long foundAt;
    private boolean moved;

    TakeoverCheck(Cause cause, Fence subject, Fence seen, List<NodeId> asked, long now) {
        this.cause = cause;
        this.subject = subject;
        this.asked = asked;
        this.firstAskedAt = now;
        this.newestFound = seen;
        this.foundAt = now;
    }

    List<NodeId> asked() {
        return asked;
    }

    void startRound(long number) {
        round = number;
        reports.clear();
        gone.clear();
        silent.clear();
        view = null;
    }

    void reported(NodeId peer, NodeReport report) {
        reports.put(peer, report);
        silent.remove(peer);
    }

    void kept(NodeId peer, Silence silence) {
        switch (silence) {
            case REFUSED -> gone.add(peer);
            case NO_ANSWER -> silent.add(peer);
        }
    }

    void storeAnswered(StoreView answer) {
        view = answer;
    }

    boolean hasStoreAnswer() {
        return view != null;
    }

    StoreView storeView() {
        if (view == null) {
            throw new IllegalStateException("broken claim: a verdict needs the store's answer");
        }
        return view;
    }

    boolean isComplete() {
        return view != null && reports.size() + gone.size() + silent.size() >= asked.size();
    }

    /** Those who have not answered by now count as silent. */
    void timeIsUp() {
        asked.stream()
                .filter(peer -> !reports.containsKey(peer) && !gone.contains(peer))
                .forEach(silent::add);
    }

    int silentPeers() {
        return silent.size();
    }

    int answers() {
        return reports.size();
    }

    /**
     * The table of §5.6: the first row that fits decides.
     *
     * @param hungry whether requests have waited here for T_starve without a critical section
     */
    Verdict verdict(RingState state, boolean hungry) {
        StoreView store = storeView();
        long epoch = store.fence().epoch();
        if (!silent.isEmpty() && hungry) {
            return new Verdict.Claim(epoch, OptionalLong.empty(), "starved");
        }
        Fence newest = newestElsewhere(state, store);
        if (newest.isNewerThan(newestFound)) {
            if (livesElsewhere(newest, state.config)) {
                return new Verdict.LivesElsewhere(newest);
            }
            newestFound = newest;
            foundAt = state.now;
            moved = true;
        }
        for (NodeReport report : reports.values()) {
            if (report.holdsAtLeast(subject)) {
                return report.phaseForMillis() < state.timers.stuck()
                        ? new Verdict.AskAgain()
                        : new Verdict.Claim(epoch, OptionalLong.empty(), "stuck");
            }
        }
        if (silent.isEmpty()) {
            return tokenMayStillArrive(state) ? new Verdict.AskAgain() : lost(epoch);
        }
        return state.now - foundAt < state.timers.unknown()
                ? new Verdict.AskAgain()
                : new Verdict.Claim(epoch, OptionalLong.of(store.fence().hop()), "silent");
    }

    /**
     * Whether somebody else has to look after the newest fence. A holder that stays gets ahead of what this node has seen
     * of it: its fence says that it lives only if it goes on moving, or if the holder itself answers.
     */
    private boolean livesElsewhere(Fence newest, RingConfig config) {
        if (newest.hop() == Fence.NO_HOP) {
            return true; // an epoch just opened
        }
        NodeId holder = config.holderOf(newest.hop());
        if (gone.contains(holder) || silent.contains(holder)) {
            return moved;
        }
        return cause == Cause.OUT_OF_SIGHT || !config.nameOneNode(newest, subject);
    }

    /** The newest fence that this check has found; a claim is made against it. */
    Fence newestFound() {
        return newestFound;
    }

    private Verdict lost(long epoch) {
        return new Verdict.Claim(epoch, OptionalLong.empty(), "lost");
    }

    /** A fence that names this node is a token that was lost on its way here, or in an earlier life of this node. */
    private Fence newestElsewhere(RingState state, StoreView store) {
        Fence newest = store.fence();
        for (NodeReport report : reports.values()) {
            if (!state.namesMe(report.seen())) {
                newest = Fence.newest(newest, report.seen());
            }
        }
        return newest;
    }

    /** A copy can be faster than its token: the sender tries for T_send, and a live receiver may yet take it. */
    private boolean tokenMayStillArrive(RingState state) {
        return cause == Cause.COPY_OVERDUE
                && state.now - firstAskedAt < state.timers.pass()
                && reports.values().stream().anyMatch(report -> subject.isNewerThan(report.seen()));
    }
}
