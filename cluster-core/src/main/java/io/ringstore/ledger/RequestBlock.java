package io.ringstore.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some remembered requests, one after the other in their encoding; the origins that they share are kept once.
 *
 * <p>As objects of their own, a million of them would be five million, most of what a heap holds, and each full
 * collection would have to look at them all.
 */
final class RequestBlock {

    /** Of requests, and so of origins, which a byte numbers. */
    static final int CAPACITY = 255;

    /** Bytes; large outcomes fill a block earlier, so that one stays small enough to be one item of a snapshot. */
    private static final int FULL_AT = 1 << 16;

    private final List<Origin> origins;
    private final int[] starts;
    private byte[] bytes;
    private int size;
    private int end;
    private long outcomeBytes;
    private long lastExpiry = Long.MIN_VALUE;

    RequestBlock() {
        this(new ArrayList<>(), new int[CAPACITY], new byte[FULL_AT / 4]);
    }

    private RequestBlock(List<Origin> origins, int[] starts, byte[] bytes) {
        this.origins = origins;
        this.starts = starts;
        this.bytes = bytes;
    }

    int size() {
        return size;
    }

    /** Of all that were added. */
    long outcomeBytes() {
        return outcomeBytes;
    }

    /** Of the one at this place. */
    long outcomeBytes(int at) {
        return outcomeBytes == 0 ? 0 : get(at).outcomeBytes();
    }

    /** When none of them is left that has not expired, epoch milliseconds. */
    long lastExpiry() {
        return lastExpiry;
    }

    boolean isFull() {
        return size == starts.length || end >= FULL_AT;
    }

    /** Adds one to a block that is not full. */
    void add(RememberedRequest request) {
        byte[] encoded = encode(request);
        if (end + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + encoded.length, 2 * bytes.length));
        }
        System.arraycopy(encoded, 0, bytes, end, encoded.length);
        count(request, encoded.length);
    }

    private void count(RememberedRequest request, int length) {
        starts[size++] = end;
        end += length;
        outcomeBytes += request.outcomeBytes();
        lastExpiry = Math.max(lastExpiry, request.expiresAt());
    }

    private byte[] encode(RememberedRequest request) {
        var out = new ByteArrayOutputStream(64);
        try {
            new LedgerWriter(new DataOutputStream(out)).remembered(request, this::indexOf);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** The writes of one batch follow each other. */
    private int indexOf(Origin origin) {
        if (origins.isEmpty() || !origins.getLast().equals(origin)) {
            origins.add(origin);
        }
        return origins.size() - 1;
    }

    /** The one that was added at this place, from 0 on. */
    RememberedRequest get(int at) {
        return read(at, reader -> reader.remembered(origins));
    }

    RequestId id(int at) {
        return read(at, LedgerReader::idOfRemembered);
    }

    /** What {@link #get} says of it, but at once: it stands first. */
    long expiresAt(int at) {
        return ByteBuffer.wrap(bytes).getLong(starts[at]);
    }

    private interface Reading<T> {
        T of(LedgerReader reader) throws IOException;
    }

    private <T> T read(int at, Reading<T> reading) {
        try {
            return reading.of(new LedgerReader(new LedgerInput(bytes, starts[at], end), end));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same requests, in no more memory than they need: it is full. */
    RequestBlock copy() {
        var copy = new RequestBlock(new ArrayList<>(origins), Arrays.copyOf(starts, size), Arrays.copyOf(bytes, end));
        copy.size = size;
        copy.end = end;
        copy.outcomeBytes = outcomeBytes;
        copy.lastExpiry = lastExpiry;
        return copy;
    }

    /** Writes those from this place on. */
    void writeTo(LedgerWriter writer, int from) throws IOException {
        writer.count(size - from);
        writer.count(origins.size());
        for (Origin origin : origins) {
            writer.origin(origin);
        }
        writer.bytes(Arrays.copyOfRange(bytes, starts[from], end));
    }

    static RequestBlock readFrom(LedgerReader reader) throws IOException {
        int size = atMostCapacity(reader.count());
        List<Origin> origins = new ArrayList<>();
        for (int left = atMostCapacity(reader.count()); left > 0; left--) {
            origins.add(reader.origin());
        }
        byte[] bytes = reader.bytes();
        var block = new RequestBlock(origins, new int[size], bytes);
        var in = new LedgerInput(bytes, 0, bytes.length);
        var requests = new LedgerReader(in, bytes.length);
        while (block.size < size) {
            RememberedRequest request = requests.remembered(origins);
            block.count(request, bytes.length - in.available() - block.end);
        }
        if (size == 0 || in.available() > 0) {
            throw new MalformedLedgerData("no block of requests: " + in.available() + " bytes after " + size);
        }
        return block;
    }

    private static int atMostCapacity(int count) {
        if (count > CAPACITY) {
            throw new MalformedLedgerData("no block of requests: " + count);
        }
        return count;
    }
}
