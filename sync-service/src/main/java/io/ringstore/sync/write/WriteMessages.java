package io.ringstore.sync.write;

import io.ringstore.api.OriginMessage;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.MalformedLedgerData;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.TxnOutcome;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.sync.wire.TokenMessages;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between the gateway's words and the core's; what cannot be a write is an {@link IllegalArgumentException}. */
final class WriteMessages {

    private static final int MAX_VALUE = 256 << 10;
    private static final int MAX_KEY = 1 << 10;
    private static final int MAX_REQUEST_ID = 255;

    private WriteMessages() {}

    static Write toWrite(WriteMessage message) {
        require(message != null, "a write is missing");
        require(message.requestId() != null && message.op() != null && message.key() != null, "a write is incomplete");
        int idLength = message.requestId().length();
        require(idLength >= 1 && idLength <= MAX_REQUEST_ID, "a request id has 1 to 255 characters");
        return new Write(
                message.requestId(),
                message.client(),
                message.clientTimestamp(),
                message.principal(),
                toOperation(message));
    }

    private static Operation toOperation(WriteMessage message) {
        if (message.op().equals("txn")) {
            return toTxn(message.value());
        }
        Precondition precondition = toPrecondition(message);
        requireKey(message.key());
        return switch (message.op()) {
            case "put" -> {
                byte[] value = message.value();
                requireValue(value);
                yield new Operation.Put(
                        message.key(),
                        new Value(value == null ? new byte[0] : value, message.contentType()),
                        precondition);
            }
            case "delete" -> new Operation.Delete(message.key(), precondition);
            default -> throw new IllegalArgumentException("no operation: " + message.op());
        };
    }

    private static Txn toTxn(byte @Nullable [] encoded) {
        require(encoded != null, "a transaction is missing");
        Txn txn = decode(encoded == null ? new byte[0] : encoded);
        txn.comparisons().forEach(comparison -> requireKey(comparison.key()));
        Stream.concat(txn.then().stream(), txn.otherwise().stream()).forEach(step -> {
            requireKey(step.key());
            if (step instanceof Step.Put(var _, Value value)) {
                requireValue(value.bytes());
            }
        });
        return txn;
    }

    private static Txn decode(byte[] encoded) {
        try {
            return LedgerCodec.decodeTxn(encoded);
        } catch (MalformedLedgerData broken) {
            throw new IllegalArgumentException("no transaction: " + broken.getMessage(), broken);
        }
    }

    private static void requireKey(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        require(length >= 1 && length <= MAX_KEY, "a key has 1 to 1024 bytes");
    }

    private static void requireValue(byte @Nullable [] value) {
        require(value != null && value.length <= MAX_VALUE, "a value has at most 256 KiB");
    }

    private static Precondition toPrecondition(WriteMessage message) {
        if (message.ifRevision() != null) {
            return new Precondition.AtRevision(message.ifRevision());
        }
        if (message.ifExists() == null) {
            return new Precondition.Always();
        }
        return message.ifExists() ? new Precondition.Present() : new Precondition.Absent();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static WriteResult toResult(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Decided(EntryResult result) -> toResult(result);
            case WriteOutcome.NotCommitted(WriteOutcome.Reason reason) ->
                WriteResult.of(
                        switch (reason) {
                            case QUEUE_FULL -> Status.QUEUE_FULL;
                            case NOT_READY -> Status.NOT_READY;
                            case DEADLINE -> Status.DEADLINE;
                        });
            case WriteOutcome.Unknown() -> WriteResult.of(Status.UNKNOWN);
        };
    }

    private static WriteResult toResult(EntryResult result) {
        return switch (result) {
            case EntryResult.Committed(long revision, boolean created, boolean duplicate, Origin origin) ->
                new WriteResult(Status.COMMITTED, revision, created, duplicate, toMessage(origin));
            case EntryResult.Transacted(long revision, TxnOutcome outcome, boolean duplicate, Origin origin) ->
                WriteResult.transacted(revision, LedgerCodec.encode(outcome), duplicate, toMessage(origin));
            case EntryResult.PreconditionFailed(long current) ->
                new WriteResult(Status.PRECONDITION_FAILED, current, false, false, null);
            case EntryResult.NoSuchKey() -> WriteResult.of(Status.NO_SUCH_KEY);
            case EntryResult.Refused(Refusal reason) ->
                WriteResult.of(
                        switch (reason) {
                            case KEY_REUSED -> Status.KEY_REUSED;
                            case MISPLACED -> Status.MISPLACED;
                            case UNKNOWN_EPOCH -> Status.UNKNOWN_EPOCH;
                            case FENCED -> Status.FENCED;
                            case KEY_EXPIRED -> Status.KEY_EXPIRED;
                            case KEY_FROM_FUTURE -> Status.KEY_FROM_FUTURE;
                            case BUSY -> Status.BUSY;
                            case READS_TOO_MUCH -> Status.READS_TOO_MUCH;
                            case FULL -> Status.FULL;
                        });
        };
    }

    private static OriginMessage toMessage(Origin origin) {
        return new OriginMessage(
                TokenMessages.toMessage(origin.fence()),
                origin.node().name(),
                origin.position(),
                origin.storedAt(),
                origin.via().name(),
                origin.primary().name(),
                origin.term());
    }
}
