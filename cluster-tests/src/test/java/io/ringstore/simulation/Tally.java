package io.ringstore.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often what went wrong, and how many writes were acknowledged all the same. */
final class Tally {

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long acknowledged;
    private long events;

    void count(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void countAcknowledged() {
        acknowledged++;
    }

    void countEvents(long number) {
        events += number;
    }

    void add(Tally other) {
        other.faults.forEach((fault, times) -> faults.merge(fault, times, Long::sum));
        acknowledged += other.acknowledged;
        events += other.events;
    }

    long of(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    long acknowledged() {
        return acknowledged;
    }

    @Override
    public String toString() {
        return "%,d writes acknowledged, %,d events, %s".formatted(acknowledged, events, faults);
    }
}
