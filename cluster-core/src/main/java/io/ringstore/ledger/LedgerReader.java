package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import java.io.DataInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link LedgerWriter} wrote; every length is checked before memory is taken for it. */
final class LedgerReader {

    private final DataInput in;
    private final int longest;

    /** Few nodes are named millions of times. */
    private final Map<ByteBuffer, NodeId> nodes = new HashMap<>();

    /** So are media types. */
    private final Map<String, String> contentTypes = new HashMap<>();

    private @Nullable Origin latestOrigin;

    /** No field may be longer than {@code longest} bytes, and no list have more items. */
    LedgerReader(DataInput in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    int tag() throws IOException {
        return in.readUnsignedByte();
    }

    boolean flag() throws IOException {
        int flag = in.readUnsignedByte();
        if (flag > 1) {
            throw new MalformedLedgerData("no flag: " + flag);
        }
        return flag == 1;
    }

    long number() throws IOException {
        return in.readLong();
    }

    int count() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > longest) {
            throw new MalformedLedgerData("no length: " + count);
        }
        return count;
    }

    byte[] bytes() throws IOException {
        byte[] bytes = new byte[count()];
        in.readFully(bytes);
        return bytes;
    }

    String text() throws IOException {
        return text(bytes());
    }

    private static String text(byte[] bytes) throws IOException {
        for (byte each : bytes) {
            if (each < 0) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1); // the same for ASCII, and not decoded
    }

    @Nullable
    String optionalText() throws IOException {
        return flag() ? text() : null;
    }

    @Nullable
    Long optionalNumber() throws IOException {
        return flag() ? number() : null;
    }

    NodeId node() throws IOException {
        ByteBuffer name = ByteBuffer.wrap(bytes());
        NodeId known = nodes.get(name);
        if (known == null) {
            known = new NodeId(text(name.array()));
            nodes.put(name, known);
        }
        return known;
    }

    List<NodeId> nodes() throws IOException {
        int count = count();
        List<NodeId> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(node());
        }
        return read;
    }

    Fence fence() throws IOException {
        return new Fence(number(), number());
    }

    RingConfig config() throws IOException {
        return new RingConfig(number(), nodes());
    }

    Stamp stamp() throws IOException {
        return new Stamp(number(), node(), number(), node(), number());
    }

    /** Writes of one batch follow each other, and share their origin in memory too. */
    Origin origin() throws IOException {
        Origin read = new Origin(fence(), node(), in.readInt(), number(), node(), node(), number());
        Origin latest = latestOrigin;
        if (latest != null && latest.equals(read)) {
            return latest;
        }
        latestOrigin = read;
        return read;
    }

    Entry entry() throws IOException {
        return new Entry(number(), new Write(text(), optionalText(), optionalNumber(), optionalText(), operation()));
    }

    private Operation operation() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 1 -> {
                String key = text();
                yield new Operation.Put(key, value(), precondition());
            }
            case 2 -> new Operation.Delete(text(), precondition());
            case 3 -> txn();
            default -> throw new MalformedLedgerData("no operation: " + tag);
        };
    }

    private Value value() throws IOException {
        String contentType = optionalText();
        String shared = contentType == null ? null : contentTypes.computeIfAbsent(contentType, same -> same);
        return new Value(bytes(), shared);
    }

    Txn txn() throws IOException {
        return new Txn(parts(this::comparison), parts(this::step), parts(this::step));
    }

    private interface Part<T> {
        T read() throws IOException;
    }

    private <T> List<T> parts(Part<T> part) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > Txn.MAX_PARTS) {
            throw new MalformedLedgerData("no number of parts: " + count);
        }
        List<T> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(part.read());
        }
        return read;
    }

    private Comparison comparison() throws IOException {
        String key = text();
        Comparison.Relation relation = relation();
        int tag = tag();
        Comparison.Operand operand = switch (tag) {
            case 0 -> new Comparison.Operand.Content(bytes());
            case 1 -> new Comparison.Operand.Revision(number());
            case 2 -> new Comparison.Operand.Existence(flag());
            default -> throw new MalformedLedgerData("no operand: " + tag);
        };
        return new Comparison(key, operand, relation);
    }

    private Comparison.Relation relation() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 0 -> Comparison.Relation.EQUAL;
            case 1 -> Comparison.Relation.NOT_EQUAL;
            case 2 -> Comparison.Relation.GREATER;
            case 3 -> Comparison.Relation.LESS;
            default -> throw new MalformedLedgerData("no relation: " + tag);
        };
    }

    private Step step() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 0 -> new Step.Put(text(), value());
            case 1 -> new Step.Delete(text());
            case 2 -> new Step.Get(text());
            default -> throw new MalformedLedgerData("no step: " + tag);
        };
    }

    TxnOutcome outcome() throws IOException {
        return new TxnOutcome(flag(), parts(this::stepResult));
    }

    private TxnOutcome.StepResult stepResult() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 0 -> new TxnOutcome.StepResult.Written();
            case 1 -> new TxnOutcome.StepResult.Missing();
            case 2 -> new TxnOutcome.StepResult.Found(number(), value());
            default -> throw new MalformedLedgerData("no result of a step: " + tag);
        };
    }

    private Precondition precondition() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 0 -> new Precondition.Always();
            case 1 -> new Precondition.AtRevision(number());
            case 2 -> new Precondition.Absent();
            case 3 -> new Precondition.Present();
            default -> throw new MalformedLedgerData("no precondition: " + tag);
        };
    }

    LogRecord record() throws IOException {
        return new LogRecord(Place.of(number()), entry(), origin());
    }

    /** @param origins of which one is named by its number */
    RememberedRequest remembered(List<Origin> origins) throws IOException {
        long expiresAt = number();
        RequestId id = requestId();
        String principal = optionalText();
        PayloadHash payload = new PayloadHash(number(), number());
        return new RememberedRequest(id, principal, payload, result(() -> numbered(origins)), expiresAt);
    }

    /** The beginning of {@link #remembered}. */
    RequestId idOfRemembered() throws IOException {
        number();
        return requestId();
    }

    private RequestId requestId() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 1 -> new RequestId.Uuid(number(), number());
            case 2 -> new RequestId.Text(text());
            default -> throw new MalformedLedgerData("no request id: " + tag);
        };
    }

    private Origin numbered(List<Origin> origins) throws IOException {
        int number = tag();
        if (number >= origins.size()) {
            throw new MalformedLedgerData("no origin: " + number);
        }
        return origins.get(number);
    }

    /** One as older snapshots have them, each with its origin. */
    RememberedRequest singleRemembered(@Nullable String principal) throws IOException {
        RequestId id = RequestId.of(text());
        PayloadHash payload = new PayloadHash(number(), number());
        long expiresAt = number();
        return new RememberedRequest(id, principal, payload, result(this::origin), expiresAt);
    }

    private EntryResult result(Part<Origin> origin) throws IOException {
        int tag = tag();
        return switch (tag) {
            case 1 -> new EntryResult.Committed(number(), flag(), flag(), origin.read());
            case 2 -> new EntryResult.PreconditionFailed(number());
            case 3 -> new EntryResult.NoSuchKey();
            case 4 -> new EntryResult.Transacted(number(), outcome(), flag(), origin.read());
            default -> throw new MalformedLedgerData("no result: " + tag);
        };
    }
}
