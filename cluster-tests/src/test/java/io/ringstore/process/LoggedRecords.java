package io.ringstore.process;

import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.history.Logged;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records of a store node's log in the words of the history checker. */
public final class LoggedRecords {

    private LoggedRecords() {}

    /** The revision after those that were read. */
    public static long next(List<Logged> log) {
        return log.isEmpty() ? 1 : log.getLast().revision() + 1;
    }

    public static Logged logged(RecordMessage record) {
        OriginMessage origin = record.origin();
        byte[] value = record.value();
        return new Logged(
                record.revision(),
                record.requestId(),
                record.key(),
                value == null ? "" : new String(value, StandardCharsets.UTF_8),
                new Fence(origin.fence().epoch(), origin.fence().hop()),
                new NodeId(origin.sync()));
    }
}
