package io.ringstore.link.binary;

import io.ringstore.api.WriteMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.ParameterizedTypeReference;

/** Writes on their way from a gateway to a sync node. */
final class WritesForm implements BinaryForm<List<WriteMessage>> {

    private static final Type TYPE = new ParameterizedTypeReference<List<WriteMessage>>() {}.getType();

    @Override
    public Type type() {
        return TYPE;
    }

    @Override
    public void write(List<WriteMessage> writes, DataOutputStream out) throws IOException {
        out.writeInt(writes.size());
        for (WriteMessage write : writes) {
            out.writeUTF(write.requestId());
            Fields.writeText(out, write.client());
            Fields.writeLong(out, write.clientTimestamp());
            Fields.writeText(out, write.principal());
            out.writeUTF(write.op());
            out.writeUTF(write.key());
            Fields.writeBytes(out, write.value());
            Fields.writeText(out, write.contentType());
            Fields.writeLong(out, write.ifRevision());
            Fields.writeFlag(out, write.ifExists());
            out.writeLong(write.patienceMs());
        }
    }

    @Override
    public List<WriteMessage> read(DataInputStream in) throws IOException {
        int count = Fields.readCount(in);
        List<WriteMessage> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(new WriteMessage(
                    in.readUTF(),
                    Fields.readText(in),
                    Fields.readLong(in),
                    Fields.readText(in),
                    in.readUTF(),
                    in.readUTF(),
                    Fields.readBytes(in),
                    Fields.readText(in),
                    Fields.readLong(in),
                    Fields.readFlag(in),
                    in.readLong()));
        }
        Fields.requireEnd(in);
        return writes;
    }
}
