package io.ringstore.sync.write;

import io.ringstore.ring.WriteOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Who waits for which ticket. */
public final class WaitingClients {

    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, Consumer<WriteOutcome>> waiting = new ConcurrentHashMap<>();

    /** Returns a ticket whose outcome goes to {@code whenDecided}, once, on the ring's thread. */
    long register(Consumer<WriteOutcome> whenDecided) {
        long ticket = tickets.incrementAndGet();
        waiting.put(ticket, whenDecided);
        return ticket;
    }

    void forget(long ticket) {
        waiting.remove(ticket);
    }

    /** Tells whoever waits for a ticket how it ended. */
    public void answer(long ticket, WriteOutcome outcome) {
        Consumer<WriteOutcome> client = waiting.remove(ticket);
        if (client != null) {
            client.accept(outcome);
        }
    }
}
