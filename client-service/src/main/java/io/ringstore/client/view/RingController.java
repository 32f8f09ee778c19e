package io.ringstore.client.view;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.NodeState;
import io.ringstore.client.view.NodeViews.Answered;
import io.ringstore.client.watch.RingListeners;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** The token vector and where each node stands, as they tell it. */
@RestController
class RingController {

    private final NodeViews nodes;

    private final RingListeners listeners;

    RingController(NodeViews nodes, RingListeners listeners) {
        this.nodes = nodes;
        this.listeners = listeners;
    }

    /** What happens on the ring, as it happens. */
    @GetMapping(path = "/v1/ring/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<ResponseBodyEmitter> events() {
        return listeners.listen().response();
    }

    /**
     * The ring.
     *
     * @param holder the node that the newest fence names, null if no token was made yet
     */
    record RingView(
            int size,
            long epoch,
            long hop,
            @Nullable String holder,
            List<@Nullable Long> vector,
            List<RingNodeView> nodes) {}

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

    @GetMapping("/v1/ring")
    RingView ring() {
        List<Answered<NodeState>> answers = nodes.syncNodes();
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
        String holder = seen.hop() < 0
                ? null
                : answers.get((int) (seen.hop() % answers.size())).id();
        List<@Nullable Long> vector =
                newest.map(NodeState::vec).orElseGet(() -> Collections.nCopies(answers.size(), null));
        return new RingView(answers.size(), seen.epoch(), seen.hop(), holder, vector, views);
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
