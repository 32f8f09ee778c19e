package io.ringstore.link.binary;

import io.ringstore.api.KeysQuestion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Keys that a gateway reads. */
final class KeysQuestionForm implements BinaryForm<KeysQuestion> {

    @Override
    public Type type() {
        return KeysQuestion.class;
    }

    @Override
    public void write(KeysQuestion question, DataOutputStream out) throws IOException {
        out.writeUTF(question.consistency());
        out.writeInt(question.keys().size());
        for (String key : question.keys()) {
            out.writeUTF(key);
        }
    }

    @Override
    public KeysQuestion read(DataInputStream in) throws IOException {
        String consistency = in.readUTF();
        int count = Fields.readCount(in);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(in.readUTF());
        }
        Fields.requireEnd(in);
        return new KeysQuestion(consistency, keys);
    }
}
