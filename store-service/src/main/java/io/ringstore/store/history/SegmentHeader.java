package io.ringstore.store.history;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** The first bytes of a history file: what it is, and the position of the history it continues. */
final class SegmentHeader {

    static final int LENGTH = 32;
    static final String SUFFIX = ".history";

    private static final int MAGIC = 0x52534832;
    private static final int FAMILY = 0xFFFFFF00;
    private static final int CHECKED = LENGTH - Integer.BYTES;

    private SegmentHeader() {}

    static String fileName(long firstRevision) {
        return "%020d%s".formatted(firstRevision, SUFFIX);
    }

    /** @throws DamagedStorageException if the file does not have the name of a history file */
    static long firstRevision(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            throw new DamagedStorageException(file, "its name does not say where it starts");
        }
    }

    static byte[] encode(HistoryPosition start) {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer header = ByteBuffer.wrap(bytes)
                .putInt(MAGIC)
                .putLong(start.revision())
                .putLong(start.hash())
                .putLong(0);
        header.putInt(Frame.checksum(bytes, CHECKED));
        return bytes;
    }

    /**
     * The position that a file continues.
     *
     * @throws OtherFormatException if another version wrote it
     * @throws DamagedStorageException if it is no header
     */
    static HistoryPosition decode(Path file, byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        int magic = header.length < Integer.BYTES ? 0 : bytes.getInt();
        if (magic != MAGIC && (magic & FAMILY) == (MAGIC & FAMILY)) {
            throw new OtherFormatException(file, magic, MAGIC);
        }
        if (header.length < LENGTH) {
            throw new DamagedStorageException(file, "it ends inside its header");
        }
        var start = new HistoryPosition(bytes.getLong(), bytes.getLong());
        if (!Arrays.equals(header, encode(start))) {
            throw new DamagedStorageException(file, "its header is not what was written");
        }
        return start;
    }
}
