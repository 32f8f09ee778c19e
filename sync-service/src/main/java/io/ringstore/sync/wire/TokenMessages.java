package io.ringstore.sync.wire;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.NodeState;
import io.ringstore.api.PassReply;
import io.ringstore.api.TokenMessage;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.PeerReply.TokenReply;
import io.ringstore.ring.Slots;
import io.ringstore.ring.Token;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Between the core's words and the wire's. */
public final class TokenMessages {

    private TokenMessages() {}

    public static TokenMessage toMessage(Token token, NodeId from) {
        return new TokenMessage(
                token.cluster(),
                token.config(),
                from.name(),
                token.fence().epoch(),
                token.fence().hop(),
                token.slots().toVector(),
                token.clock());
    }

    /** Throws {@link IllegalArgumentException} on what cannot be a token. */
    public static Token toToken(TokenMessage message) {
        return new Token(
                message.cluster(),
                message.cfg(),
                new Fence(message.epoch(), message.hop()),
                Slots.of(message.vec()),
                message.hlc());
    }

    public static FenceMessage toMessage(Fence fence) {
        return new FenceMessage(fence.epoch(), fence.hop());
    }

    public static Fence toFence(FenceMessage message) {
        return new Fence(message.epoch(), message.hop());
    }

    public static ResponseEntity<PassReply> toResponse(TokenReply reply) {
        return switch (reply) {
            case PeerReply.Taken(Fence seen) -> ResponseEntity.ok(new PassReply(null, toMessage(seen), null, null));
            case PeerReply.Stale(Fence seen) ->
                refused(HttpStatus.CONFLICT, new PassReply(PassReply.Reason.STALE, toMessage(seen), null, null));
            case PeerReply.OtherConfig(long config) ->
                refused(HttpStatus.CONFLICT, new PassReply(PassReply.Reason.CFG, null, config, null));
            case PeerReply.NotYours() -> refused(HttpStatus.MISDIRECTED_REQUEST, PassReply.Reason.NOT_YOURS, null);
            case PeerReply.NotReady() -> refused(HttpStatus.SERVICE_UNAVAILABLE, PassReply.Reason.NOT_READY, null);
            case PeerReply.Malformed(String why) -> refused(HttpStatus.BAD_REQUEST, PassReply.Reason.MALFORMED, why);
        };
    }

    public static ResponseEntity<PassReply> refused(
            HttpStatus status, PassReply.Reason reason, @Nullable String detail) {
        return refused(status, new PassReply(reason, null, null, detail));
    }

    private static ResponseEntity<PassReply> refused(HttpStatus status, PassReply reply) {
        return ResponseEntity.status(status).body(reply);
    }

    /** What a peer's answer says, or null if it says nothing that makes sense. */
    public static @Nullable TokenReply toReply(ResponseEntity<PassReply> response) {
        PassReply body = response.getBody();
        if (body == null) {
            return null;
        }
        if (response.getStatusCode().is2xxSuccessful()) {
            return body.seen() == null ? null : new PeerReply.Taken(toFence(body.seen()));
        }
        return switch (body.reason()) {
            case STALE -> body.seen() == null ? null : new PeerReply.Stale(toFence(body.seen()));
            case CFG -> body.cfg() == null ? null : new PeerReply.OtherConfig(body.cfg());
            case NOT_YOURS -> new PeerReply.NotYours();
            case NOT_READY -> new PeerReply.NotReady();
            case MALFORMED -> new PeerReply.Malformed(Objects.requireNonNullElse(body.detail(), "no detail"));
            case null -> null;
        };
    }

    /** What a node says of itself, for the wire. */
    public static NodeState toState(NodeId self, int index, NodeReport report) {
        return new NodeState(
                self.name(),
                index,
                toMessage(report.seen()),
                report.phase().name(),
                report.phaseForMillis(),
                report.blocked(),
                report.incarnation(),
                report.queued(),
                report.oldest().isPresent() ? report.oldest().getAsLong() : null,
                report.slots().toVector());
    }

    public static NodeReport toReport(NodeState state) {
        return new NodeReport(
                toFence(state.seen()),
                NodePhase.valueOf(state.phase()),
                state.phaseForMs(),
                state.blocked(),
                state.incarnation(),
                state.queue(),
                state.oldest() == null ? OptionalLong.empty() : OptionalLong.of(state.oldest()),
                Slots.of(state.vec()));
    }
}
