package io.ringstore.link.binary;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.BinaryMedia;
import io.ringstore.api.KeyRead;
import io.ringstore.api.KeysQuestion;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.link.shortcut.BodyForm;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bodies that have a compact form. */
public final class BinaryForms {

    public static final BodyForm<List<WriteMessage>> WRITES = new Compact<>(new WritesForm());
    public static final BodyForm<List<WriteResult>> RESULTS = new Compact<>(new ResultsForm());
    public static final BodyForm<BatchAnswer> BATCH_ANSWER = new Compact<>(new BatchAnswerForm());
    public static final BodyForm<KeysQuestion> KEYS_QUESTION = new Compact<>(new KeysQuestionForm());
    public static final BodyForm<List<KeyRead>> KEY_READS = new Compact<>(new KeyReadsForm());

    private static final List<Compact<?>> ALL = List.of(
            (Compact<?>) WRITES, (Compact<?>) RESULTS, (Compact<?>) BATCH_ANSWER, (Compact<?>) KEYS_QUESTION, (Compact<
                            ?>)
                    KEY_READS);

    private static final Map<Type, BodyForm<?>> BY_TYPE = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(each -> each.form().type(), each -> each));

    /** The first byte of each body. A node that gets another one refuses the body before it has read anything of it. */
    private static final byte VERSION = 1;

    private static final int FIRST_SIZE = 1 << 10;

    private BinaryForms() {}

    /** The form of bodies of this type, or null if they have none. */
    public static @Nullable BodyForm<?> of(Type type) {
        return BY_TYPE.get(type);
    }

    static <T> byte[] bytes(BinaryForm<T> form, T body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);
        bytes.write(VERSION);
        form.write(body, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Reads it to its end. @throws IOException if the bytes are not such a body, or one of another version */
    static <T> T read(BinaryForm<T> form, InputStream body) throws IOException {
        DataInputStream in = new DataInputStream(body);
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "a body of version " + version + ", and this node reads version " + VERSION + " only");
        }
        return form.read(in);
    }

    private record Compact<T>(BinaryForm<T> form) implements BodyForm<T> {

        @Override
        public String mediaType() {
            return BinaryMedia.TYPE;
        }

        @Override
        public T read(InputStream in) throws IOException {
            return BinaryForms.read(form, in);
        }

        @Override
        public byte[] write(T body) throws IOException {
            return bytes(form, body);
        }
    }
}
