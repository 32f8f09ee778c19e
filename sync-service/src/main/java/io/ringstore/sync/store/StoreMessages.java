package io.ringstore.sync.store;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.ClaimAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.StoreView;
import io.ringstore.sync.wire.TokenMessages;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** Between the ledger's words and the wire's, as a sync node needs them; what makes no sense is an exception. */
final class StoreMessages {

    private StoreMessages() {}

    static ClaimMessage toMessage(Claim claim) {
        OptionalLong hop = claim.expectHop();
        return new ClaimMessage(
                claim.config().id(),
                claim.config().nodes().stream().map(NodeId::name).toList(),
                claim.node().name(),
                claim.claimId(),
                claim.expectEpoch(),
                hop.isPresent() ? hop.getAsLong() : null);
    }

    static StoreView toView(StoreViewMessage message) {
        List<NodeId> nodes = message.nodes().stream().map(NodeId::new).toList();
        return new StoreView(
                TokenMessages.toFence(message.fence()), new RingConfig(message.cfg(), nodes), message.storeTime());
    }

    static BatchApplied toResult(BatchAnswer answer) {
        return new BatchApplied(
                answer.results().stream().map(StoreMessages::toResult).toList(),
                List.of(),
                List.of(),
                toView(answer.view()));
    }

    static LedgerResult toResult(ClaimAnswer answer) {
        StoreView view = toView(answer.view());
        return switch (answer.status()) {
            case WON -> new LedgerResult.ClaimWon(answer.epoch(), view);
            case LOST -> new LedgerResult.ClaimLost(view);
            case WRONG_CONFIG -> new LedgerResult.WrongConfig(view);
        };
    }

    private static EntryResult toResult(WriteResult result) {
        return switch (result.status()) {
            case COMMITTED ->
                new EntryResult.Committed(
                        Objects.requireNonNull(result.revision()),
                        result.created(),
                        result.duplicate(),
                        toOrigin(Objects.requireNonNull(result.origin())));
            case TRANSACTED ->
                new EntryResult.Transacted(
                        Objects.requireNonNull(result.revision()),
                        LedgerCodec.decodeTxnOutcome(Objects.requireNonNull(result.outcome())),
                        result.duplicate(),
                        toOrigin(Objects.requireNonNull(result.origin())));
            case PRECONDITION_FAILED -> new EntryResult.PreconditionFailed(Objects.requireNonNull(result.revision()));
            case NO_SUCH_KEY -> new EntryResult.NoSuchKey();
            case KEY_REUSED -> new EntryResult.Refused(Refusal.KEY_REUSED);
            case KEY_EXPIRED -> new EntryResult.Refused(Refusal.KEY_EXPIRED);
            case KEY_FROM_FUTURE -> new EntryResult.Refused(Refusal.KEY_FROM_FUTURE);
            case BUSY -> new EntryResult.Refused(Refusal.BUSY);
            case READS_TOO_MUCH -> new EntryResult.Refused(Refusal.READS_TOO_MUCH);
            case FULL -> new EntryResult.Refused(Refusal.FULL);
            case FENCED -> new EntryResult.Refused(Refusal.FENCED);
            case MISPLACED -> new EntryResult.Refused(Refusal.MISPLACED);
            case UNKNOWN_EPOCH -> new EntryResult.Refused(Refusal.UNKNOWN_EPOCH);
            case QUEUE_FULL, NOT_READY, DEADLINE, UNKNOWN ->
                throw new IllegalArgumentException("a store does not answer " + result.status());
        };
    }

    private static Origin toOrigin(OriginMessage message) {
        return new Origin(
                TokenMessages.toFence(message.fence()),
                new NodeId(message.sync()),
                message.syncIndex(),
                message.storedAt(),
                new NodeId(message.via()),
                new NodeId(message.primary()),
                message.term());
    }
}
