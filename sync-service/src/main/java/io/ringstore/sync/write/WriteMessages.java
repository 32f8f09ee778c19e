package io.ringstore.sync.write;

import io.ringstore.api.OriginMessage;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.sync.wire.TokenMessages;
import java.nio.charset.StandardCharsets;

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
        int keyLength = message.key().getBytes(StandardCharsets.UTF_8).length;
        require(keyLength >= 1 && keyLength <= MAX_KEY, "a key has 1 to 1024 bytes");
        return new Write(
                message.requestId(),
                message.client(),
                message.clientTimestamp(),
                message.principal(),
                toOperation(message));
    }

    private static Operation toOperation(WriteMessage message) {
        Precondition precondition = toPrecondition(message);
        return switch (message.op()) {
            case "put" -> {
                byte[] value = message.value();
                require(value != null && value.length <= MAX_VALUE, "a value has at most 256 KiB");
                yield new Operation.Put(
                        message.key(),
                        new Value(value == null ? new byte[0] : value, message.contentType()),
                        precondition);
            }
            case "delete" -> new Operation.Delete(message.key(), precondition);
            default -> throw new IllegalArgumentException("no operation: " + message.op());
        };
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
