package io.ringstore.process;

import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.history.Logged;
import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Records of a store node's log in the words of the history checker. */
public final class LoggedRecords {

    private LoggedRecords() {}

    /** The revision after those that were read. */
    public static long next(List<Logged> log) {
        return log.isEmpty() ? 1 : log.getLast().revision() + 1;
    }

    /** A write of unknown outcome for each record that none of the observations speaks of. */
    public static List<WriteSeen> notAskedFor(List<Observation> seen, List<Logged> log, long since) {
        Set<String> known = seen.stream()
                .filter(WriteSeen.class::isInstance)
                .map(observation -> ((WriteSeen) observation).requestId())
                .collect(Collectors.toSet());
        return log.stream()
                .filter(record -> !known.contains(record.requestId()))
                .map(record -> new WriteSeen(
                        record.requestId(), record.key(), record.value(), since, Observation.NEVER, new End.Unknown()))
                .toList();
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
