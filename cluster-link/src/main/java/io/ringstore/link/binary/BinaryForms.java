package io.ringstore.link.binary;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.BinaryMedia;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.link.shortcut.BodyForm;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bodies that have a compact form. */
public final class BinaryForms {

    public static final BodyForm<List<WriteMessage>> WRITES = new Compact<>(new WritesForm());
    public static final BodyForm<List<WriteResult>> RESULTS = new Compact<>(new ResultsForm());
    public static final BodyForm<BatchAnswer> BATCH_ANSWER = new Compact<>(new BatchAnswerForm());

    private static final int FIRST_SIZE = 1 << 10;

    private BinaryForms() {}

    static <T> byte[] bytes(BinaryForm<T> form, T body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);
        form.write(body, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private record Compact<T>(BinaryForm<T> form) implements BodyForm<T> {

        @Override
        public String mediaType() {
            return BinaryMedia.TYPE;
        }

        @Override
        public T read(InputStream in) throws IOException {
            return form.read(new DataInputStream(in));
        }

        @Override
        public byte[] write(T body) throws IOException {
            return bytes(form, body);
        }
    }
}
