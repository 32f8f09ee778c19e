package io.ringstore.ledger;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What a ledger wrote, from memory or through a buffer. A snapshot has some fifty numbers for each key: through a
 * {@link DataInputStream}, each of which asks the stream below it, reading them takes several times as long.
 */
public final class LedgerInput extends InputStream implements DataInput {

    private static final int BUFFER = 1 << 16;

    private final InputStream rest;
    private final ByteBuffer bytes;

    /** Reads ahead: what it was given may be closed afterwards, not read from. */
    public LedgerInput(InputStream in) {
        this.rest = in;
        this.bytes = ByteBuffer.allocate(BUFFER).limit(0);
    }

    LedgerInput(byte[] all) {
        this(all, 0, all.length);
    }

    LedgerInput(byte[] all, int from, int to) {
        this.rest = InputStream.nullInputStream();
        this.bytes = ByteBuffer.wrap(all, from, to - from).asReadOnlyBuffer();
    }

    /** Sees to it that so few bytes are in the buffer. */
    private void require(int count) throws IOException {
        if (bytes.remaining() < count && !bytes.isReadOnly()) {
            int kept = bytes.compact().position();
            int read = rest.readNBytes(bytes.array(), kept, bytes.capacity() - kept);
            bytes.position(0).limit(kept + read);
        }
        if (bytes.remaining() < count) {
            throw new EOFException("it ends too early");
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return readUnsignedByte();
        } catch (EOFException end) {
            return -1;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (!bytes.hasRemaining()) {
            return rest.read(target, offset, length);
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
    }

    @Override
    public void readFully(byte[] target) throws IOException {
        readFully(target, 0, target.length);
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
        int buffered = Math.min(length, bytes.remaining());
        bytes.get(target, offset, buffered);
        if (rest.readNBytes(target, offset + buffered, length - buffered) < length - buffered) {
            throw new EOFException("it ends too early");
        }
    }

    @Override
    public int skipBytes(int count) throws IOException {
        return (int) skip(count);
    }

    @Override
    public boolean readBoolean() throws IOException {
        return readByte() != 0;
    }

    @Override
    public byte readByte() throws IOException {
        require(Byte.BYTES);
        return bytes.get();
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return readByte() & 0xFF;
    }

    @Override
    public short readShort() throws IOException {
        require(Short.BYTES);
        return bytes.getShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return readShort() & 0xFFFF;
    }

    @Override
    public char readChar() throws IOException {
        return (char) readShort();
    }

    @Override
    public int readInt() throws IOException {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    @Override
    public long readLong() throws IOException {
        require(Long.BYTES);
        return bytes.getLong();
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public String readLine() {
        throw new UnsupportedOperationException("a ledger writes no lines");
    }

    @Override
    public String readUTF() throws IOException {
        return DataInputStream.readUTF(this);
    }

    /** What is in the buffer, which of what is in memory is all. */
    @Override
    public int available() {
        return bytes.remaining();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
