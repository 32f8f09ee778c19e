package io.ringstore.client.view;

import io.ringstore.api.StoreStatus;
import io.ringstore.client.node.Answered;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store node.
 *
 * @param lag how far it is behind the furthest, in entries of the replicated log
 */
record StoreView(
        String id,
        String status,
        String role,
        @Nullable Long term,
        @Nullable Long commit,
        @Nullable Long applied,
        @Nullable Long lag,
        @Nullable String stateHash) {

    static List<StoreView> of(List<Answered<StoreStatus>> stores) {
        long furthest = stores.stream()
                .map(Answered::state)
                .filter(Objects::nonNull)
                .mapToLong(StoreStatus::applied)
                .max()
                .orElse(0);
        return stores.stream().map(store -> view(store, furthest)).toList();
    }

    private static StoreView view(Answered<StoreStatus> answer, long furthest) {
        StoreStatus state = answer.state();
        return state == null
                ? new StoreView(answer.id(), answer.status().name(), "UNKNOWN", null, null, null, null, null)
                : new StoreView(
                        answer.id(),
                        answer.status().name(),
                        state.role(),
                        state.term(),
                        state.commit(),
                        state.applied(),
                        furthest - state.applied(),
                        state.stateHash());
    }
}
