package io.ringstore.store.history;

import java.nio.ByteBuffer;

/** The first bytes of a history file: what it is, and the position of the history it continues. */
final class SegmentHeader {

    static final int LENGTH = 32;
    static final String SUFFIX = ".history";

    private static final int MAGIC = 0x52534831;
    private static final int CHECKED = LENGTH - Integer.BYTES;

    private SegmentHeader() {}

    static String fileName(long firstRevision) {
        return "%020d%s".formatted(firstRevision, SUFFIX);
    }

    static ByteBuffer encode(HistoryPosition start) {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer header = ByteBuffer.wrap(bytes)
                .putInt(MAGIC)
                .putLong(start.revision())
                .putLong(start.hash())
                .putLong(0);
        return header.putInt(SegmentScan.checksum(bytes, 0, CHECKED)).flip();
    }

    static boolean matches(ByteBuffer header, HistoryPosition start) {
        return header.remaining() == LENGTH && header.equals(encode(start));
    }
}
