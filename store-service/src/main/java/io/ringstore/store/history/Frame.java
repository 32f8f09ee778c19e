package io.ringstore.store.history;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record stands in a file: its length, a CRC-32C of all that follows, the previous revision of its key, the record.
 *
 * <p>A carried record has a negative length. It is the previous record of the key that the next frame is about, repeated
 * because it stands in an earlier file: that one may be deleted while what the key held before is still asked for.
 *
 * @param length of the record
 * @param carried whether it is the previous record of the next frame, and no revision of its own
 * @param previous the revision that was its key's newest before, 0 if there was none
 */
record Frame(int length, boolean carried, int checksum, long previous) {

    static final int HEADER = 2 * Integer.BYTES + Long.BYTES;
    static final int MAX_RECORD = 4 << 20;

    private static final int CARRIED = 1 << 31;

    static Frame of(byte[] record, boolean carried, long previous) {
        return new Frame(record.length, carried, checksum(previous, record), previous);
    }

    /** Reads the header of a frame. */
    static Frame at(ByteBuffer bytes, int offset) {
        int length = bytes.getInt(offset);
        return new Frame(
                length & ~CARRIED,
                (length & CARRIED) != 0,
                bytes.getInt(offset + Integer.BYTES),
                bytes.getLong(offset + 2 * Integer.BYTES));
    }

    void writeTo(ByteBuffer target, byte[] record) {
        target.putInt(carried ? length | CARRIED : length)
                .putInt(checksum)
                .putLong(previous)
                .put(record);
    }

    boolean isPossible() {
        return length <= MAX_RECORD && previous >= 0;
    }

    boolean isOf(byte[] record) {
        return checksum(previous, record) == checksum;
    }

    int size() {
        return HEADER + length;
    }

    private static int checksum(long previous, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, previous));
        crc.update(record);
        return (int) crc.getValue();
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
