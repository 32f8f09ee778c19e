package io.ringstore.ring;

import io.ringstore.ledger.Entry;
import io.ringstore.ledger.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The requests that wait at a node, oldest first; bounded like a batch, so that one batch can take them all. */
final class WriteQueue {

    private final RingLimits limits;

    /** In the order of arrival, which is that of the timestamps, because the clock only goes forward. */
    private final Map<Long, Waiting> byTicket = new LinkedHashMap<>();

    private int weight;

    WriteQueue(RingLimits limits) {
        this.limits = limits;
    }

    boolean hasRoomFor(Write write) {
        return byTicket.isEmpty()
                || (byTicket.size() < limits.maxRequests() && weight + write.weight() <= limits.maxWeight());
    }

    void add(Waiting waiting) {
        byTicket.put(waiting.ticket, waiting);
        weight += waiting.entry.write().weight();
    }

    @Nullable
    Waiting find(long ticket) {
        return byTicket.get(ticket);
    }

    /** Removes one that waits here. */
    void remove(Waiting waiting) {
        byTicket.remove(waiting.ticket);
        weight -= waiting.entry.write().weight();
    }

    /** Everything that waits, in the order of a batch; it fits into one. */
    List<Waiting> all() {
        return List.copyOf(byTicket.values());
    }

    List<Waiting> removeIf(Predicate<Waiting> condition) {
        List<Waiting> removed = new ArrayList<>();
        byTicket.values().stream().filter(condition).forEach(removed::add);
        removed.forEach(this::remove);
        return removed;
    }

    OptionalLong oldest() {
        return byTicket.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byTicket.values().iterator().next().entry.timestamp());
    }

    boolean isEmpty() {
        return byTicket.isEmpty();
    }

    int size() {
        return byTicket.size();
    }

    /** One attempt of a client, and what this node has done about it. */
    static final class Waiting {
        final long ticket;
        final Entry entry;
        final long deadline;

        /** In the batch of the critical section in progress. */
        boolean sent;

        /** Some attempt at the store has an unknown outcome (rule R9). */
        boolean inDoubt;

        Waiting(long ticket, Entry entry, long deadline) {
            this.ticket = ticket;
            this.entry = entry;
            this.deadline = deadline;
        }

        /** What its client may be told when it is given up without an answer from the store (rule R9). */
        WriteOutcome givenUp(WriteOutcome.Reason reason) {
            return sent || inDoubt ? new WriteOutcome.Unknown() : new WriteOutcome.NotCommitted(reason);
        }
    }
}
