package io.ringstore.link.binary;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/** How writes ended; results of one batch have one origin, which is written once. */
final class ResultsForm implements BinaryForm<List<WriteResult>> {

    private static final Type TYPE = new ParameterizedTypeReference<List<WriteResult>>() {}.getType();

    private static final int NO_ORIGIN = 0;
    private static final int SAME_ORIGIN = 1;
    private static final int NEW_ORIGIN = 2;

    @Override
    public Type type() {
        return TYPE;
    }

    @Override
    public void write(List<WriteResult> results, DataOutputStream out) throws IOException {
        out.writeInt(results.size());
        OriginMessage latest = null;
        for (WriteResult result : results) {
            out.writeUTF(result.status().name());
            Fields.writeLong(out, result.revision());
            out.writeBoolean(result.created());
            out.writeBoolean(result.duplicate());
            writeOrigin(result.origin(), latest, out);
            if (result.status() == Status.TRANSACTED) {
                Fields.writeBytes(out, result.outcome());
            }
            Fields.writeLong(out, result.storeMicros());
            latest = result.origin() == null ? latest : result.origin();
        }
    }

    private static void writeOrigin(
            @Nullable OriginMessage origin, @Nullable OriginMessage latest, DataOutputStream out) throws IOException {
        if (origin == null) {
            out.writeByte(NO_ORIGIN);
        } else if (origin.equals(latest)) {
            out.writeByte(SAME_ORIGIN);
        } else {
            out.writeByte(NEW_ORIGIN);
            writeOrigin(origin, out);
        }
    }

    static void writeOrigin(OriginMessage origin, DataOutputStream out) throws IOException {
        writeFence(origin.fence(), out);
        out.writeUTF(origin.sync());
        out.writeInt(origin.syncIndex());
        out.writeLong(origin.storedAt());
        out.writeUTF(origin.via());
        out.writeUTF(origin.primary());
        out.writeLong(origin.term());
    }

    @Override
    public List<WriteResult> read(DataInputStream in) throws IOException {
        List<WriteResult> results = readResults(in);
        Fields.requireEnd(in);
        return results;
    }

    static List<WriteResult> readResults(DataInputStream in) throws IOException {
        int count = Fields.readCount(in);
        List<WriteResult> results = new ArrayList<>();
        OriginMessage latest = null;
        for (int i = 0; i < count; i++) {
            Status status = Status.valueOf(in.readUTF());
            Long revision = Fields.readLong(in);
            boolean created = in.readBoolean();
            boolean duplicate = in.readBoolean();
            int origin = in.readUnsignedByte();
            latest = origin == NEW_ORIGIN ? readOrigin(in) : latest;
            byte[] outcome = status == Status.TRANSACTED ? Fields.readBytes(in) : null;
            Long storeMicros = Fields.readLong(in);
            results.add(new WriteResult(
                    status, revision, created, duplicate, origin == NO_ORIGIN ? null : latest, outcome, storeMicros));
        }
        return results;
    }

    static OriginMessage readOrigin(DataInputStream in) throws IOException {
        return new OriginMessage(
                readFence(in), in.readUTF(), in.readInt(), in.readLong(), in.readUTF(), in.readUTF(), in.readLong());
    }

    static void writeFence(FenceMessage fence, DataOutputStream out) throws IOException {
        out.writeLong(fence.epoch());
        out.writeLong(fence.hop());
    }

    static FenceMessage readFence(DataInputStream in) throws IOException {
        return new FenceMessage(in.readLong(), in.readLong());
    }
}
