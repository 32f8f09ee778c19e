package io.ringstore.client.view;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.NodeState;
import io.ringstore.client.node.Answered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ring.
 *
 * @param size of the ring as its token has it
 * @param holder the node that the newest fence names, null if no token was made yet or its address is not known here
 */
record RingView(
        int size,
        long epoch,
        long hop,
        @Nullable String holder,
        List<@Nullable Long> vector,
        List<RingNodeView> nodes) {

    /** One node; everything but its name and place is null if it does not answer. */
    record RingNodeView(
            String id,
            int index,
            String status,
            @Nullable String phase,
            @Nullable Integer queue,
            @Nullable Long oldest,
            @Nullable FenceMessage seen,
            @Nullable Boolean blocked) {}

    static RingView of(List<Answered<NodeState>> answers) {
        List<RingNodeView> views = new ArrayList<>();
        for (int index = 0; index < answers.size(); index++) {
            views.add(view(index, answers.get(index)));
        }
        Optional<NodeState> newest = answers.stream()
                .map(Answered::state)
                .filter(Objects::nonNull)
                .max(Comparator.<NodeState>comparingLong(state -> state.seen().epoch())
                        .thenComparingLong(state -> state.seen().hop()));
        FenceMessage seen = newest.map(NodeState::seen).orElse(new FenceMessage(0, -1));
        List<@Nullable Long> vector =
                newest.map(NodeState::vec).orElseGet(() -> Collections.nCopies(answers.size(), null));
        return new RingView(
                vector.size(), seen.epoch(), seen.hop(), holder(seen.hop(), vector.size(), answers), vector, views);
    }

    /** The ring may have got more nodes than this gateway has addresses of. */
    private static @Nullable String holder(long hop, int ring, List<Answered<NodeState>> known) {
        int index = hop < 0 ? known.size() : (int) (hop % ring);
        return index < known.size() ? known.get(index).id() : null;
    }

    private static RingNodeView view(int index, Answered<NodeState> answer) {
        NodeState state = answer.state();
        return state == null
                ? new RingNodeView(answer.id(), index, answer.status().name(), null, null, null, null, null)
                : new RingNodeView(
                        answer.id(),
                        index,
                        answer.status().name(),
                        state.phase(),
                        state.queue(),
                        state.oldest(),
                        state.seen(),
                        state.blocked());
    }
}
