package io.ringstore.sync.peer;

import io.ringstore.api.ByeMessage;
import io.ringstore.api.CopyMessage;
import io.ringstore.api.NodeState;
import io.ringstore.api.PassReply;
import io.ringstore.api.SyncPeerApi;
import io.ringstore.api.TokenMessage;
import io.ringstore.api.WakeMessage;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.Token;
import io.ringstore.ring.Wake;
import io.ringstore.sync.loop.LoopAnswers;
import io.ringstore.sync.loop.RingInbox;
import io.ringstore.sync.wire.Self;
import io.ringstore.sync.wire.TokenMessages;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** Takes tokens, copies, wakes and byes from the other sync nodes; the loop answers each at once. */
@RestController
class TokenController implements SyncPeerApi {

    private final RingInbox inbox;
    private final Self self;

    TokenController(RingInbox inbox, Self self) {
        this.inbox = inbox;
        this.self = self;
    }

    @Override
    public ResponseEntity<PassReply> passToken(TokenMessage message) {
        if (!isComplete(message)) {
            return malformed();
        }
        Token token = TokenMessages.toToken(message);
        return ask(exchange -> new RingEvent.TokenArrived(exchange, new NodeId(message.from()), token));
    }

    @Override
    public ResponseEntity<PassReply> sendCopy(CopyMessage message) {
        if (message.token() == null || message.to() == null || !isComplete(message.token())) {
            return malformed();
        }
        Token token = TokenMessages.toToken(message.token());
        NodeId from = new NodeId(message.token().from());
        NodeId sentTo = new NodeId(message.to());
        return ask(exchange -> new RingEvent.CopyArrived(exchange, from, token, sentTo));
    }

    private ResponseEntity<PassReply> ask(LongFunction<RingEvent> event) {
        PeerReply reply = LoopAnswers.await(inbox.ask(event));
        return reply instanceof PeerReply.TokenReply tokenReply
                ? TokenMessages.toResponse(tokenReply)
                : TokenMessages.refused(HttpStatus.SERVICE_UNAVAILABLE, PassReply.Reason.NOT_READY, null);
    }

    @Override
    public ResponseEntity<NodeState> wake(WakeMessage message) {
        if (!self.isMyCluster(message.cluster()) || !self.isPeer(message.from()) || message.incarnation() == null) {
            return ResponseEntity.badRequest().build();
        }
        OptionalLong oldest = message.oldest() == null ? OptionalLong.empty() : OptionalLong.of(message.oldest());
        Wake wake = new Wake(new NodeId(message.from()), message.cfg(), oldest, message.incarnation());
        PeerReply reply = LoopAnswers.await(inbox.ask(exchange -> new RingEvent.WakeArrived(exchange, wake)));
        return reply instanceof PeerReply.Report(var report)
                ? ResponseEntity.ok(self.describe(report))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
    }

    @Override
    public ResponseEntity<Void> bye(ByeMessage message) {
        if (!self.isMyCluster(message.cluster()) || !self.isPeer(message.from())) {
            return ResponseEntity.badRequest().build();
        }
        inbox.submit(new RingEvent.ByeArrived(new NodeId(message.from())));
        return ResponseEntity.accepted().build();
    }

    /** Whether it can be a token at all; what it is worth, the core decides. */
    private boolean isComplete(@Nullable TokenMessage token) {
        return token != null
                && token.cluster() != null
                && token.vec() != null
                && self.isPeer(token.from())
                && token.epoch() >= 0
                && token.hop() >= 0
                && token.hlc() >= 0
                && token.vec().stream().allMatch(slot -> slot == null || slot >= 0);
    }

    private static ResponseEntity<PassReply> malformed() {
        return TokenMessages.refused(HttpStatus.BAD_REQUEST, PassReply.Reason.MALFORMED, "this is no token");
    }
}
