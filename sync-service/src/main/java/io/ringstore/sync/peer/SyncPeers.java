package io.ringstore.sync.peer;

import io.ringstore.api.ByeMessage;
import io.ringstore.api.CopyMessage;
import io.ringstore.api.NodeState;
import io.ringstore.api.RingHealth;
import io.ringstore.api.SyncPeerApi;
import io.ringstore.api.WakeMessage;
import io.ringstore.cluster.NodeId;
import io.ringstore.link.CallThreads;
import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import io.ringstore.ring.PeerReply.TokenReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingEvent.Silence;
import io.ringstore.ring.Token;
import io.ringstore.ring.Wake;
import io.ringstore.sync.loop.RingInbox;
import io.ringstore.sync.wire.TokenMessages;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** Talks to the other sync nodes; every call runs on a thread of its own and comes back as an event. */
public final class SyncPeers {

    /** Longer than a rotation at rest, shorter than any restart. */
    private static final Duration RECHECK = Duration.ofSeconds(2);

    private record Peer(SyncPeerApi ring, RingHealth.Api health) {}

    private final String cluster;
    private final NodeId self;
    private final RingInbox inbox;
    private final Map<NodeId, Peer> peers;
    private final ExecutorService calls = CallThreads.named("peer-call");

    /**
     * Makes a client for each peer.
     *
     * @param connect how long connecting may take
     * @param pass how long a peer may take to accept a token
     * @param probe how long a peer may take to say how it is
     */
    public SyncPeers(
            String cluster,
            NodeId self,
            List<NodeAddress> nodes,
            PeerClients clients,
            RingInbox inbox,
            Duration connect,
            Duration pass,
            Duration probe) {
        this.cluster = cluster;
        this.self = self;
        this.inbox = inbox;
        this.peers = nodes.stream()
                .filter(node -> !node.id().equals(self.name()))
                .collect(Collectors.toUnmodifiableMap(
                        node -> new NodeId(node.id()),
                        node -> new Peer(
                                clients.lenientProxy(SyncPeerApi.class, node, connect, pass, RECHECK),
                                clients.lenientProxy(RingHealth.Api.class, node, connect, probe, RECHECK))));
    }

    public void passToken(NodeId to, Token token) {
        calls.execute(() -> {
            TokenReply reply = null;
            try {
                reply = TokenMessages.toReply(peer(to).ring.passToken(TokenMessages.toMessage(token, self)));
            } catch (RuntimeException undelivered) {
                // said below: nobody knows whether it arrived
            }
            inbox.answer(
                    reply == null
                            ? new RingEvent.PassFailed(token.fence(), to)
                            : new RingEvent.PassAnswered(token.fence(), to, reply));
        });
    }

    public void sendCopy(NodeId to, Token token, NodeId sentTo) {
        forget(to, peer -> peer.ring.sendCopy(new CopyMessage(TokenMessages.toMessage(token, self), sentTo.name())));
    }

    public void sendBye(NodeId to) {
        forget(to, peer -> peer.ring.bye(new ByeMessage(cluster, self.name())));
    }

    public void sendWake(long check, NodeId to, Wake wake) {
        Long oldest = wake.oldest().isPresent() ? wake.oldest().getAsLong() : null;
        WakeMessage message = new WakeMessage(cluster, self.name(), wake.config(), oldest, wake.incarnation());
        askState(check, to, peer -> peer.ring.wake(message).getBody());
    }

    public void askHealth(long check, NodeId to) {
        askState(check, to, peer -> {
            RingHealth health = peer.health.health().getBody();
            return health == null || health.details() == null
                    ? null
                    : health.details().ring();
        });
    }

    private void askState(long check, NodeId to, Function<Peer, @Nullable NodeState> question) {
        calls.execute(() -> {
            RingEvent answer = new RingEvent.PeerSilent(check, to, Silence.NO_ANSWER);
            try {
                NodeState state = question.apply(peer(to));
                if (state != null && state.seen() != null) {
                    answer = new RingEvent.PeerReported(check, to, TokenMessages.toReport(state));
                }
            } catch (ResourceAccessException unreachable) {
                answer = new RingEvent.PeerSilent(check, to, silence(unreachable));
            } catch (RuntimeException senseless) {
                // no answer that makes sense is no answer
            }
            inbox.answer(answer);
        });
    }

    private static Silence silence(ResourceAccessException unreachable) {
        boolean refused = unreachable.getCause() instanceof ConnectException connect
                && String.valueOf(connect.getMessage()).contains("refused");
        return refused ? Silence.REFUSED : Silence.NO_ANSWER;
    }

    private void forget(NodeId to, Consumer<Peer> call) {
        calls.execute(() -> {
            try {
                call.accept(peer(to));
            } catch (RestClientException undelivered) {
                // the protocol does without it
            }
        });
    }

    private Peer peer(NodeId node) {
        Peer peer = peers.get(node);
        if (peer == null) {
            throw new RestClientException("no address is set for " + node);
        }
        return peer;
    }
}
