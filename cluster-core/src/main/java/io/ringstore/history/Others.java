package io.ringstore.history;

import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What clients wrote whom nobody watched. */
public final class Others {

    private Others() {}

    /**
     * A write of unknown outcome for each record that none of the observations speaks of.
     *
     * @param since a time before all of them began
     */
    public static List<WriteSeen> writes(List<? extends Observation> seen, List<Logged> log, long since) {
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
}
