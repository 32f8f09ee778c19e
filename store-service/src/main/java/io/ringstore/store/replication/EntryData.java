package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.Stamp;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * What one entry of the replicated log carries: what the primary added, and the command as it came.
 *
 * <p>The term is not part of it: Raft keeps it with each entry.
 */
record EntryData(long millis, NodeId primary, NodeId via, long room, byte[] command) {

    private static final byte WITHOUT_ROOM = 1;
    private static final byte WITH_ROOM = 2;

    /** In the older form where that says all, so that nodes of an earlier build can read it (OPERATING.md). */
    ByteString encode() {
        boolean bounded = room != Stamp.UNBOUNDED;
        byte[] primaryName = primary.name().getBytes(StandardCharsets.UTF_8);
        byte[] viaName = via.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(1
                + (bounded ? 2 : 1) * Long.BYTES
                + 2 * Short.BYTES
                + primaryName.length
                + viaName.length
                + command.length);
        buffer.put(bounded ? WITH_ROOM : WITHOUT_ROOM).putLong(millis);
        if (bounded) {
            buffer.putLong(room);
        }
        buffer.putShort((short) primaryName.length).put(primaryName);
        buffer.putShort((short) viaName.length).put(viaName);
        return UnsafeByteOperations.unsafeWrap(buffer.put(command).array());
    }

    /** @throws IllegalStateException if the entry was not made by {@link #encode}: the log is not ours */
    static EntryData decode(ByteString bytes) {
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        try {
            byte version = buffer.get();
            if (version != WITH_ROOM && version != WITHOUT_ROOM) {
                throw new IllegalStateException("log entry of unknown version " + version);
            }
            long millis = buffer.getLong();
            long room = version == WITHOUT_ROOM ? Stamp.UNBOUNDED : buffer.getLong();
            NodeId primary = name(buffer);
            NodeId via = name(buffer);
            byte[] command = new byte[buffer.remaining()];
            buffer.get(command);
            return new EntryData(millis, primary, via, room, command);
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("log entry is too short", e);
        }
    }

    Stamp stamp(long term) {
        return new Stamp(millis, primary, term, via, room);
    }

    private static NodeId name(ByteBuffer buffer) {
        byte[] name = new byte[buffer.getShort() & 0xFFFF];
        buffer.get(name);
        return new NodeId(new String(name, StandardCharsets.UTF_8));
    }
}
