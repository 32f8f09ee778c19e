package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Comparison.Operand;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Writes the parts of the ledger's encoding; {@link LedgerReader} is its mirror, line by line. */
final class LedgerWriter {

    private final DataOutput out;

    LedgerWriter(DataOutput out) {
        this.out = out;
    }

    void tag(int tag) throws IOException {
        out.writeByte(tag);
    }

    void flag(boolean flag) throws IOException {
        out.writeBoolean(flag);
    }

    void number(long number) throws IOException {
        out.writeLong(number);
    }

    void count(int count) throws IOException {
        out.writeInt(count);
    }

    void bytes(byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void optionalText(@Nullable String text) throws IOException {
        flag(text != null);
        if (text != null) {
            text(text);
        }
    }

    void optionalNumber(@Nullable Long number) throws IOException {
        flag(number != null);
        if (number != null) {
            number(number);
        }
    }

    void node(NodeId node) throws IOException {
        text(node.name());
    }

    void nodes(List<NodeId> nodes) throws IOException {
        count(nodes.size());
        for (NodeId node : nodes) {
            node(node);
        }
    }

    void fence(Fence fence) throws IOException {
        number(fence.epoch());
        number(fence.hop());
    }

    void config(RingConfig config) throws IOException {
        number(config.id());
        nodes(config.nodes());
    }

    void stamp(Stamp stamp) throws IOException {
        number(stamp.millis());
        node(stamp.primary());
        number(stamp.term());
        node(stamp.via());
        number(stamp.room());
    }

    void origin(Origin origin) throws IOException {
        fence(origin.fence());
        node(origin.node());
        out.writeInt(origin.position());
        number(origin.storedAt());
        node(origin.via());
        node(origin.primary());
        number(origin.term());
    }

    void entry(Entry entry) throws IOException {
        number(entry.timestamp());
        Write write = entry.write();
        text(write.requestId());
        optionalText(write.client());
        optionalNumber(write.clientTimestamp());
        optionalText(write.principal());
        operation(write.operation());
    }

    private void operation(Operation operation) throws IOException {
        switch (operation) {
            case Operation.Put(String key, Value value, Precondition precondition) -> {
                tag(1);
                text(key);
                value(value);
                precondition(precondition);
            }
            case Operation.Delete(String key, Precondition precondition) -> {
                tag(2);
                text(key);
                precondition(precondition);
            }
            case Txn txn -> {
                tag(3);
                txn(txn);
            }
        }
    }

    void txn(Txn txn) throws IOException {
        count(txn.comparisons().size());
        for (Comparison comparison : txn.comparisons()) {
            comparison(comparison);
        }
        steps(txn.then());
        steps(txn.otherwise());
    }

    private void comparison(Comparison comparison) throws IOException {
        text(comparison.key());
        tag(
                switch (comparison.relation()) {
                    case EQUAL -> 0;
                    case NOT_EQUAL -> 1;
                    case GREATER -> 2;
                    case LESS -> 3;
                });
        switch (comparison.operand()) {
            case Operand.Content(byte[] bytes) -> {
                tag(0);
                bytes(bytes);
            }
            case Operand.Revision(long revision) -> {
                tag(1);
                number(revision);
            }
            case Operand.Existence(boolean exists) -> {
                tag(2);
                flag(exists);
            }
        }
    }

    private void steps(List<Step> steps) throws IOException {
        count(steps.size());
        for (Step step : steps) {
            switch (step) {
                case Step.Put(String key, Value value) -> {
                    tag(0);
                    text(key);
                    value(value);
                }
                case Step.Delete(String key) -> {
                    tag(1);
                    text(key);
                }
                case Step.Get(String key) -> {
                    tag(2);
                    text(key);
                }
            }
        }
    }

    private void value(Value value) throws IOException {
        optionalText(value.contentType());
        bytes(value.bytes());
    }

    void outcome(TxnOutcome outcome) throws IOException {
        flag(outcome.succeeded());
        count(outcome.steps().size());
        for (TxnOutcome.StepResult step : outcome.steps()) {
            switch (step) {
                case TxnOutcome.StepResult.Written() -> tag(0);
                case TxnOutcome.StepResult.Missing() -> tag(1);
                case TxnOutcome.StepResult.Found(long revision, Value value) -> {
                    tag(2);
                    number(revision);
                    value(value);
                }
            }
        }
    }

    private void precondition(Precondition precondition) throws IOException {
        switch (precondition) {
            case Precondition.Always() -> tag(0);
            case Precondition.AtRevision(long revision) -> {
                tag(1);
                number(revision);
            }
            case Precondition.Absent() -> tag(2);
            case Precondition.Present() -> tag(3);
        }
    }

    void record(LogRecord record) throws IOException {
        number(record.place().packed());
        entry(record.entry());
        origin(record.origin());
    }

    /** @param origins the number of an origin, at most 255, which is written in its place */
    void remembered(RememberedRequest request, ToIntFunction<Origin> origins) throws IOException {
        number(request.expiresAt());
        requestId(request.id());
        optionalText(request.principal());
        number(request.payload().high());
        number(request.payload().low());
        result(request.result(), origins);
    }

    private void requestId(RequestId id) throws IOException {
        switch (id) {
            case RequestId.Uuid(long high, long low) -> {
                tag(1);
                number(high);
                number(low);
            }
            case RequestId.Text(String text) -> {
                tag(2);
                text(text);
            }
        }
    }

    private void result(EntryResult result, ToIntFunction<Origin> origins) throws IOException {
        switch (result) {
            case EntryResult.Committed(long revision, boolean created, boolean duplicate, Origin origin) -> {
                tag(1);
                number(revision);
                flag(created);
                flag(duplicate);
                tag(origins.applyAsInt(origin));
            }
            case EntryResult.PreconditionFailed(long currentRevision) -> {
                tag(2);
                number(currentRevision);
            }
            case EntryResult.NoSuchKey() -> tag(3);
            case EntryResult.Transacted(long revision, TxnOutcome outcome, boolean duplicate, Origin origin) -> {
                tag(4);
                number(revision);
                outcome(outcome);
                flag(duplicate);
                tag(origins.applyAsInt(origin));
            }
            case EntryResult.Refused(Refusal reason) ->
                throw new IllegalStateException("a refusal is not remembered: " + reason);
        }
    }
}
