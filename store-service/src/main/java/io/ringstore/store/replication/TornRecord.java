package io.ringstore.store.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.WireFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that is not complete, and whether a power cut can have left it so (P5).
 *
 * <p>Everything from some point inside it to the end of the preallocated file is zero then, and what stands before that
 * point is as it was written. What stands there is looked at, because a record whose length was damaged may seem to
 * reach into the zeros, too, and hide complete ones.
 *
 * @param position where it begins
 * @param dataEnd after the last byte of the file that is not zero
 * @param index of the entry that it should hold
 */
record TornRecord(ByteBuffer bytes, int position, int dataEnd, long index) {

    private static final Logger LOG = LoggerFactory.getLogger(TornRecord.class);

    boolean isPlausible() {
        long length = 0;
        int at = position;
        for (int shift = 0; shift < LogFile.VARINT_MAX * 7 && at < bytes.limit(); shift += 7) {
            byte next = bytes.get(at++);
            length |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                break;
            }
        }
        long claimedEnd = at + length + Integer.BYTES;
        return dataEnd < claimedEnd
                && claimedEnd <= bytes.limit()
                && isBeginningOfEntry(at, (int) length)
                && isBeginningOfChecksum((int) (at + length));
    }

    /** An entry is its term, its index and one body that reaches to its end; zeros are left out or not yet written. */
    private boolean isBeginningOfEntry(int start, int length) {
        try {
            return hasFieldsOfEntry(start, length);
        } catch (IOException e) {
            LOG.debug("not the beginning of an entry", e);
            return false;
        }
    }

    private boolean hasFieldsOfEntry(int start, int length) throws IOException {
        CodedInputStream entry = CodedInputStream.newInstance(bytes.slice(start, length));
        while (start + entry.getTotalBytesRead() < dataEnd) {
            int tag = entry.isAtEnd() ? 0 : entry.readTag();
            boolean torn = start + entry.getTotalBytesRead() >= dataEnd;
            switch (WireFormat.getTagFieldNumber(tag)) {
                case LogEntryProto.TERM_FIELD_NUMBER -> entry.readUInt64();
                case LogEntryProto.INDEX_FIELD_NUMBER -> {
                    long written = entry.readUInt64();
                    torn = start + entry.getTotalBytesRead() >= dataEnd;
                    if (written != index && !torn) {
                        return false;
                    }
                }
                case LogEntryProto.STATEMACHINELOGENTRY_FIELD_NUMBER, LogEntryProto.CONFIGURATIONENTRY_FIELD_NUMBER -> {
                    int body = entry.readRawVarint32();
                    torn = start + entry.getTotalBytesRead() >= dataEnd;
                    return torn || entry.getTotalBytesRead() + body == length;
                }
                default -> {
                    return torn;
                }
            }
        }
        return true;
    }

    /** What there is of the checksum is what was to be written; else the zero at its end is chance, not a cut. */
    private boolean isBeginningOfChecksum(int start) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(position, start - position));
        ByteBuffer expected = ByteBuffer.allocate(Integer.BYTES).putInt(0, (int) crc.getValue());
        for (int at = start; at < dataEnd; at++) {
            if (bytes.get(at) != expected.get(at - start)) {
                return false;
            }
        }
        return true;
    }
}
