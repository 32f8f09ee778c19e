package io.ringstore.link.binary;

import io.ringstore.api.KeyRead;
import io.ringstore.api.RecordMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.ParameterizedTypeReference;

/** What keys hold. */
final class KeyReadsForm implements BinaryForm<List<KeyRead>> {

    private static final Type TYPE = new ParameterizedTypeReference<List<KeyRead>>() {}.getType();

    @Override
    public Type type() {
        return TYPE;
    }

    @Override
    public void write(List<KeyRead> reads, DataOutputStream out) throws IOException {
        out.writeInt(reads.size());
        for (KeyRead read : reads) {
            out.writeLong(read.applied());
            out.writeLong(read.lag());
            out.writeBoolean(read.record() != null);
            if (read.record() != null) {
                write(read.record(), out);
            }
        }
    }

    private static void write(RecordMessage record, DataOutputStream out) throws IOException {
        out.writeLong(record.revision());
        out.writeUTF(record.op());
        out.writeUTF(record.key());
        Fields.writeBytes(out, record.value());
        Fields.writeText(out, record.contentType());
        out.writeUTF(record.requestId());
        Fields.writeText(out, record.client());
        Fields.writeLong(out, record.clientTimestamp());
        Fields.writeText(out, record.principal());
        out.writeLong(record.timestamp());
        ResultsForm.writeOrigin(record.origin(), out);
    }

    @Override
    public List<KeyRead> read(DataInputStream in) throws IOException {
        int count = Fields.readCount(in);
        List<KeyRead> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long applied = in.readLong();
            long lag = in.readLong();
            reads.add(new KeyRead(in.readBoolean() ? readRecord(in) : null, applied, lag));
        }
        Fields.requireEnd(in);
        return reads;
    }

    private static RecordMessage readRecord(DataInputStream in) throws IOException {
        return new RecordMessage(
                in.readLong(),
                in.readUTF(),
                in.readUTF(),
                Fields.readBytes(in),
                Fields.readText(in),
                in.readUTF(),
                Fields.readText(in),
                Fields.readLong(in),
                Fields.readText(in),
                in.readLong(),
                ResultsForm.readOrigin(in));
    }
}
