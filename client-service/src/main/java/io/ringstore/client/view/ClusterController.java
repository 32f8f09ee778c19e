package io.ringstore.client.view;

import io.ringstore.api.NodeState;
import io.ringstore.api.StoreStatus;
import io.ringstore.client.view.NodeViews.Answered;
import io.ringstore.link.ClusterProperties;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who belongs to the cluster, and how they are. */
@RestController
class ClusterController {

    private static final String VERSION =
            Objects.requireNonNullElse(ClusterController.class.getPackage().getImplementationVersion(), "development");

    private final NodeViews nodes;
    private final ClusterProperties settings;

    ClusterController(NodeViews nodes, ClusterProperties settings) {
        this.nodes = nodes;
        this.settings = settings;
    }

    /** Everybody, those who do not answer included. */
    record ClusterView(
            String cluster, String version, List<SyncView> sync, List<StoreView> store, List<ClientView> client) {}

    record SyncView(String id, String status, @Nullable String phase) {}

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
            @Nullable String stateHash) {}

    record ClientView(String id, String status) {}

    @GetMapping("/v1/cluster")
    ClusterView cluster() {
        List<Answered<StoreStatus>> stores = nodes.storeNodes();
        long furthest = stores.stream()
                .map(Answered::state)
                .filter(Objects::nonNull)
                .mapToLong(StoreStatus::applied)
                .max()
                .orElse(0);
        return new ClusterView(
                settings.cluster(),
                VERSION,
                nodes.syncNodes().stream().map(ClusterController::view).toList(),
                stores.stream().map(store -> view(store, furthest)).toList(),
                List.of(new ClientView(settings.node(), "UP")));
    }

    private static SyncView view(Answered<NodeState> answer) {
        NodeState state = answer.state();
        return new SyncView(answer.id(), answer.status().name(), state == null ? null : state.phase());
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
