package io.ringstore.history;

import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import java.util.List;
import java.util.Map;

/**
 * Everything a run left behind.
 *
 * @param observations of all clients, in any order
 * @param logs the whole log as each replica has it at the end, by replica
 * @param after the last revision before the run; the logs begin with the next one
 */
public record History(List<Observation> observations, Map<String, List<Logged>> logs, long after) {

    /** Of a run that began with an empty log. */
    public History(List<Observation> observations, Map<String, List<Logged>> logs) {
        this(observations, logs, 0);
    }

    public History {
        if (logs.isEmpty()) {
            throw new IllegalArgumentException("a history needs the log of at least one replica");
        }
    }

    List<WriteSeen> writes() {
        return observations.stream()
                .filter(WriteSeen.class::isInstance)
                .map(WriteSeen.class::cast)
                .toList();
    }

    List<ReadSeen> reads() {
        return observations.stream()
                .filter(ReadSeen.class::isInstance)
                .map(ReadSeen.class::cast)
                .toList();
    }

    /** The longest log; the others are checked to be its beginnings. */
    List<Logged> log() {
        return logs.values().stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElseThrow();
    }
}
