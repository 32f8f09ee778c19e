package io.ringstore.store.web;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.FenceMessage;
import io.ringstore.api.KeyItem;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.ReconfigureMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.StoreView;
import io.ringstore.ledger.TxnOutcome;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import io.ringstore.store.replication.Replica;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Translates between the ledger and the wire. */
final class LedgerMessages {

    /** Generous: a claim is named by a UUID, and its name stays in the state of the ledger. */
    private static final int MAX_CLAIM_ID = 100;

    private LedgerMessages() {}

    static BatchAnswer toAnswer(LedgerResult.BatchApplied applied) {
        return new BatchAnswer(
                applied.results().stream().map(LedgerMessages::toResult).toList(), toView(applied.view()));
    }

    static WriteResult toResult(EntryResult result) {
        return switch (result) {
            case EntryResult.Committed(long revision, boolean created, boolean duplicate, Origin origin) ->
                new WriteResult(WriteResult.Status.COMMITTED, revision, created, duplicate, toOrigin(origin));
            case EntryResult.Transacted(long revision, TxnOutcome outcome, boolean duplicate, Origin origin) ->
                WriteResult.transacted(revision, LedgerCodec.encode(outcome), duplicate, toOrigin(origin));
            case EntryResult.PreconditionFailed(long current) ->
                new WriteResult(WriteResult.Status.PRECONDITION_FAILED, current, false, false, null);
            case EntryResult.NoSuchKey() -> WriteResult.of(WriteResult.Status.NO_SUCH_KEY);
            case EntryResult.Refused(var reason) ->
                WriteResult.of(
                        switch (reason) {
                            case KEY_REUSED -> WriteResult.Status.KEY_REUSED;
                            case MISPLACED -> WriteResult.Status.MISPLACED;
                            case UNKNOWN_EPOCH -> WriteResult.Status.UNKNOWN_EPOCH;
                            case FENCED -> WriteResult.Status.FENCED;
                            case KEY_EXPIRED -> WriteResult.Status.KEY_EXPIRED;
                            case KEY_FROM_FUTURE -> WriteResult.Status.KEY_FROM_FUTURE;
                            case BUSY -> WriteResult.Status.BUSY;
                            case READS_TOO_MUCH -> WriteResult.Status.READS_TOO_MUCH;
                            case FULL -> WriteResult.Status.FULL;
                        });
        };
    }

    static StoreViewMessage toView(StoreView view) {
        return new StoreViewMessage(
                toFence(view.fence()),
                view.config().id(),
                view.config().nodes().stream().map(NodeId::name).toList(),
                view.storeTime());
    }

    static RecordMessage toRecord(LogRecord record) {
        Write write = record.entry().write();
        Operation.Change change = record.change();
        @Nullable Value value = change instanceof Operation.Put(var _, Value put, var _) ? put : null;
        return new RecordMessage(
                record.revision(),
                value == null ? "delete" : "put",
                change.key(),
                value == null ? null : value.bytes(),
                value == null ? null : value.contentType(),
                write.requestId(),
                write.client(),
                write.clientTimestamp(),
                write.principal(),
                record.entry().timestamp(),
                toOrigin(record.origin()));
    }

    static KeyItem toItem(Replica.Item item) {
        return new KeyItem(item.key(), item.revision(), item.size(), item.contentType(), item.value());
    }

    private static OriginMessage toOrigin(Origin origin) {
        return new OriginMessage(
                toFence(origin.fence()),
                origin.node().name(),
                origin.position(),
                origin.storedAt(),
                origin.via().name(),
                origin.primary().name(),
                origin.term());
    }

    private static FenceMessage toFence(Fence fence) {
        return new FenceMessage(fence.epoch(), fence.hop());
    }

    /** @throws IllegalArgumentException if the message makes no sense */
    static LedgerCommand.Claim toClaim(ClaimMessage message) {
        if (message.node() == null
                || message.claimId() == null
                || message.claimId().length() > MAX_CLAIM_ID) {
            throw new IllegalArgumentException(
                    "a claim names its node, and itself in at most " + MAX_CLAIM_ID + " characters");
        }
        return new LedgerCommand.Claim(
                new RingConfig(message.cfg(), nodes(message.nodes())),
                new NodeId(message.node()),
                message.claimId(),
                message.expectEpoch(),
                message.expectHop() == null ? OptionalLong.empty() : OptionalLong.of(message.expectHop()));
    }

    /** @throws IllegalArgumentException if the message makes no sense */
    static LedgerCommand.Reconfigure toReconfigure(ReconfigureMessage message) {
        return new LedgerCommand.Reconfigure(message.expectCfg(), nodes(message.nodes()));
    }

    private static List<NodeId> nodes(@Nullable List<String> names) {
        if (names == null || names.contains(null)) {
            throw new IllegalArgumentException("a ring is a list of node names");
        }
        return names.stream().map(NodeId::new).toList();
    }
}
