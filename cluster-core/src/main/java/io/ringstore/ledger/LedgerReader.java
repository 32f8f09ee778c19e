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
    private final Map<String, NodeId> nodes = new HashMap<>();

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
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes()))
                .toString();
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
        return nodes.computeIfAbsent(text(), NodeId::new);
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
        return new Stamp(number(), node(), number(), node());
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
                String contentType = optionalText();
                yield new Operation.Put(key, new Value(bytes(), contentType), precondition());
            }
            case 2 -> new Operation.Delete(text(), precondition());
            default -> throw new MalformedLedgerData("no operation: " + tag);
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
        return new LogRecord(number(), entry(), origin());
    }

    RequestIds.Remembered remembered() throws IOException {
        RequestId id = RequestId.of(text());
        PayloadHash payload = new PayloadHash(number(), number());
        long expiresAt = number();
        return new RequestIds.Remembered(id, payload, result(), expiresAt);
    }

    private EntryResult result() throws IOException {
        int tag = tag();
        return switch (tag) {
            case 1 -> new EntryResult.Committed(number(), flag(), flag(), origin());
            case 2 -> new EntryResult.PreconditionFailed(number());
            case 3 -> new EntryResult.NoSuchKey();
            default -> throw new MalformedLedgerData("no result: " + tag);
        };
    }
}
