package io.ringstore.store.history;

import io.ringstore.ledger.Place;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record stands in a file: its length, a CRC-32C of all that follows, the previous place of its key, the record.
 *
 * <p>A carried record has a negative length. It is the previous record of the key that the next frame is about, repeated
 * because it stands in an earlier file: that one may be deleted while what the key held before is still asked for.
 *
 * @param length of the record
 * @param carried whether it is the previous record of the next frame, and no record of its own
 * @param more whether another record of the same revision follows
 * @param previous the {@link Place} that was its key's newest before, packed; 0 if there was none
 */
record Frame(int length, boolean carried, boolean more, int checksum, long previous) {

    static final int HEADER = 2 * Integer.BYTES + Long.BYTES;
    static final int MAX_RECORD = 4 << 20;

    private static final int CARRIED = 1 << 31;
    private static final int MORE = 1 << 30;

    static Frame of(byte[] record, boolean more, long previous) {
        return new Frame(record.length, false, more, checksum(previous, record), previous);
    }

    static Frame ofCarried(byte[] record) {
        return new Frame(record.length, true, false, checksum(0, record), 0);
    }

    /** Reads the header of a frame. */
    static Frame at(ByteBuffer bytes, int offset) {
        int length = bytes.getInt(offset);
        return new Frame(
                length & ~(CARRIED | MORE),
                (length & CARRIED) != 0,
                (length & MORE) != 0,
                bytes.getInt(offset + Integer.BYTES),
                bytes.getLong(offset + 2 * Integer.BYTES));
    }

    void writeTo(ByteBuffer target, byte[] record) {
        target.putInt(marked()).putInt(checksum).putLong(previous).put(record);
    }

    /** The length and what else is said of the record. */
    int marked() {
        return length | (carried ? CARRIED : 0) | (more ? MORE : 0);
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
