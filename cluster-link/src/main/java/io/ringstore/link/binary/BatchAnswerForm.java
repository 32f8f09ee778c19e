package io.ringstore.link.binary;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.FenceMessage;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteResult;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** What became of a batch, and the store's view. */
final class BatchAnswerForm implements BinaryForm<BatchAnswer> {

    private final ResultsForm results = new ResultsForm();

    @Override
    public Type type() {
        return BatchAnswer.class;
    }

    @Override
    public void write(BatchAnswer answer, DataOutputStream out) throws IOException {
        results.write(answer.results(), out);
        StoreViewMessage view = answer.view();
        ResultsForm.writeFence(view.fence(), out);
        out.writeLong(view.cfg());
        out.writeInt(view.nodes().size());
        for (String node : view.nodes()) {
            out.writeUTF(node);
        }
        out.writeLong(view.storeTime());
    }

    @Override
    public BatchAnswer read(DataInputStream in) throws IOException {
        List<WriteResult> read = ResultsForm.readResults(in);
        FenceMessage fence = ResultsForm.readFence(in);
        long cfg = in.readLong();
        int count = Fields.readCount(in);
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(in.readUTF());
        }
        StoreViewMessage view = new StoreViewMessage(fence, cfg, nodes, in.readLong());
        Fields.requireEnd(in);
        return new BatchAnswer(read, view);
    }
}
