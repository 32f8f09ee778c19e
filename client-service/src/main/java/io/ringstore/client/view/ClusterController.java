package io.ringstore.client.view;

import io.ringstore.api.NodeState;
import io.ringstore.client.node.Answered;
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

    record ClientView(String id, String status) {}

    @GetMapping("/v1/cluster")
    ClusterView cluster() {
        return new ClusterView(
                settings.cluster(),
                VERSION,
                nodes.syncNodes().stream().map(ClusterController::view).toList(),
                StoreView.of(nodes.storeNodes()),
                List.of(new ClientView(settings.node(), "UP")));
    }

    private static SyncView view(Answered<NodeState> answer) {
        NodeState state = answer.state();
        return new SyncView(answer.id(), answer.status().name(), state == null ? null : state.phase());
    }
}
