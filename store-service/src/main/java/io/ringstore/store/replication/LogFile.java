package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the replicated log, as Ratis writes it: a header, then records of a length, an entry and a CRC-32C, then
 * zeros.
 *
 * @param end index of the last entry; empty for the file that is still written to
 */
record LogFile(Path path, long start, OptionalLong end) {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");
    private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
    private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.UTF_8);
    static final int VARINT_MAX = 5;

    static Optional<LogFile> named(Path path) {
        String name = String.valueOf(path.getFileName());
        Matcher open = OPEN.matcher(name);
        if (open.matches()) {
            return Optional.of(new LogFile(path, Long.parseLong(open.group(1)), OptionalLong.empty()));
        }
        Matcher closed = CLOSED.matcher(name);
        return closed.matches()
                ? Optional.of(new LogFile(
                        path, Long.parseLong(closed.group(1)), OptionalLong.of(Long.parseLong(closed.group(2)))))
                : Optional.empty();
    }

    /**
     * Checks every byte; cuts off a half-written last record.
     *
     * @param mark index of an entry that was complete before; see {@link LogMark}
     * @return index of the entry that must come next
     * @throws DamagedStorageException if anything else is not as it was written
     */
    long check(long mark) throws IOException {
        ByteBuffer bytes = readAll();
        int dataEnd = lastNonZero(bytes) + 1;
        if (!startsWithHeader(bytes)) {
            if (end.isEmpty() && dataEnd < HEADER.length && matchesHeader(bytes, dataEnd)) {
                return start;
            }
            throw new DamagedStorageException(path, "it does not begin like a log file");
        }
        long next = start;
        int position = HEADER.length;
        while (position < dataEnd) {
            int recordEnd = recordEnd(bytes, position, next);
            if (recordEnd < 0) {
                if (end.isPresent() || next <= mark || !new TornRecord(bytes, position, dataEnd, next).isPlausible()) {
                    throw new DamagedStorageException(
                            path, "entry " + next + " at byte " + position + " is not as written");
                }
                cut(position, dataEnd, next);
                return next;
            }
            position = recordEnd;
            next++;
        }
        if (end.isPresent() && next != end.getAsLong() + 1) {
            throw new DamagedStorageException(
                    path, "its last entry is " + (next - 1) + ", which is not the one its name promises");
        }
        return next;
    }

    /** @return where the record ends, or -1 if it is not what was written */
    private static int recordEnd(ByteBuffer bytes, int position, long index) {
        int length = 0;
        int at = position;
        for (int shift = 0; ; shift += 7) {
            if (at - position == VARINT_MAX || at == bytes.limit()) {
                return -1;
            }
            byte next = bytes.get(at++);
            length |= (next & 0x7F) << shift;
            if (next >= 0) {
                break;
            }
        }
        if (length <= 0 || length > bytes.limit() - at - Integer.BYTES) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(position, at - position + length));
        if ((int) crc.getValue() != bytes.getInt(at + length)) {
            return -1;
        }
        try {
            if (LogEntryProto.parseFrom(bytes.slice(at, length)).getIndex() != index) {
                return -1;
            }
        } catch (InvalidProtocolBufferException e) {
            return -1;
        }
        return at + length + Integer.BYTES;
    }

    private void cut(int position, int dataEnd, long index) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            channel.force(true);
        }
        LOG.warn("half-written record cut off file={} entry={} bytes={}", path, index, dataEnd - position);
    }

    private ByteBuffer readAll() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private static int lastNonZero(ByteBuffer bytes) {
        int last = bytes.limit() - 1;
        while (last >= 0 && bytes.get(last) == 0) {
            last--;
        }
        return last;
    }

    private static boolean startsWithHeader(ByteBuffer bytes) {
        return bytes.limit() >= HEADER.length && matchesHeader(bytes, HEADER.length);
    }

    private static boolean matchesHeader(ByteBuffer bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes.get(i) != HEADER[i]) {
                return false;
            }
        }
        return true;
    }
}
