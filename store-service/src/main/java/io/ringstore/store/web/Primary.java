package io.ringstore.store.web;

import io.ringstore.api.StoreApi;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import io.ringstore.link.failpoint.Failpoint;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.trace.Traces;
import io.ringstore.store.replication.Outcome;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.ReplicationProperties;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Brings a command to the primary: into the local Raft server, or once over to the node that leads (P12).
 *
 * <p>Whatever goes wrong ends as one of two: certainly not applied, or outcome unknown.
 */
@Component
final class Primary {

    private static final Duration CONNECT = Duration.ofMillis(100);

    private final NodeId self;
    private final Set<String> members;
    private final Replica replica;
    private final PeerClients clients;
    private final Failpoints failpoints;
    private final Traces traces;
    private final Duration patience;
    private final Map<NodeAddress, StoreApi> forwards = new ConcurrentHashMap<>();

    Primary(
            ClusterProperties cluster,
            Replica replica,
            PeerClients clients,
            ReplicationProperties settings,
            Failpoints failpoints,
            Traces traces) {
        this.self = new NodeId(cluster.node());
        this.members = cluster.storeNodes().stream().map(NodeAddress::id).collect(Collectors.toSet());
        this.replica = replica;
        this.clients = clients;
        this.failpoints = failpoints;
        this.traces = traces;
        this.patience = settings.commitTimeout();
    }

    /** A command as it came: in bytes, and how to ask another node the same. */
    interface Request<T> {

        LedgerCommand command();

        byte[] encoded();

        T answer(LedgerResult result);

        T forward(StoreApi primary, String via);
    }

    /**
     * Executes a request here or at the primary.
     *
     * @param via the node that forwarded it here already, null if it came from a client of the store
     */
    <T> T execute(Request<T> request, @Nullable String via) {
        if (via != null && !members.contains(via)) {
            throw new IllegalArgumentException("no store node is called " + via); // it would stand in the log for ever
        }
        if (replica.isPrimary()) {
            loseAt(Failpoint.BEFORE_APPEND);
            return switch (commit(request, via == null ? self : new NodeId(via))) {
                case Outcome.Applied(LedgerResult result) -> {
                    loseAt(Failpoint.AFTER_MAJORITY_BEFORE_REPLY);
                    yield request.answer(result);
                }
                case Outcome.NotPrimary(var primary) -> forward(request, Optional.ofNullable(primary), via);
                case Outcome.NotApplied(String reason) -> throw new NotAppliedException(reason);
                case Outcome.Unknown(String reason) -> throw new OutcomeUnknownException(reason);
            };
        }
        return forward(request, replica.primary(), via);
    }

    /** Append, replicate, flush and apply; what other replicas do for many entries at once is in no trace. */
    private Outcome commit(Request<?> request, NodeId via) {
        try (Traces.Span span = traces.part("commit")) {
            Outcome outcome = replica.submit(via, request.command(), request.encoded());
            if (!(outcome instanceof Outcome.Applied)) {
                span.failed(outcome.getClass().getSimpleName());
            }
            return outcome;
        }
    }

    private <T> T forward(Request<T> request, Optional<NodeAddress> primary, @Nullable String via) {
        NodeAddress target = primary.filter(node -> !node.id().equals(self.name()))
                .orElseThrow(() -> new NotAppliedException("no primary is known"));
        if (via != null) {
            throw new NotAppliedException("forwarded once already, but the primary is " + target.id());
        }
        loseAt(Failpoint.BEFORE_FORWARD);
        try (var _ = traces.call("forward", List.of(traces.here()), Function.identity())) {
            return request.forward(forwards.computeIfAbsent(target, this::connect), self.name());
        } catch (RestClientResponseException e) {
            throw new ForwardedProblemException(e);
        } catch (ResourceAccessException e) {
            if (neverArrived(e.getCause())) {
                throw new NotAppliedException("the primary " + target.id() + " cannot be reached");
            }
            throw new OutcomeUnknownException("no answer from the primary " + target.id());
        }
    }

    /** Who lost a call does not know what became of it. */
    private void loseAt(Failpoint point) {
        if (failpoints.drops(point)) {
            throw new OutcomeUnknownException("lost at failpoint " + point.word());
        }
    }

    private StoreApi connect(NodeAddress node) {
        return clients.proxy(StoreApi.class, node, CONNECT, patience.plusSeconds(1));
    }

    private static boolean neverArrived(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof ConnectionRequestTimeoutException
                || cause instanceof UnknownHostException;
    }

    /** It did not reach the log, and never will. */
    static final class NotAppliedException extends RuntimeException {
        NotAppliedException(String reason) {
            super(reason);
        }
    }

    /** It may be in the log, or may still get there. */
    static final class OutcomeUnknownException extends RuntimeException {
        OutcomeUnknownException(String reason) {
            super(reason);
        }
    }

    /** The primary refused; its answer is passed on as it is. */
    static final class ForwardedProblemException extends RuntimeException {
        private final transient RestClientResponseException answer;

        ForwardedProblemException(RestClientResponseException answer) {
            super(answer.getMessage());
            this.answer = answer;
        }

        RestClientResponseException answer() {
            return answer;
        }
    }
}
