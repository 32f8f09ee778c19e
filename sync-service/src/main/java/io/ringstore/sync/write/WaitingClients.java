package io.ringstore.sync.write;

import io.ringstore.ring.WriteOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who waits for which ticket. */
public final class WaitingClients {

    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, Client> waiting = new ConcurrentHashMap<>();

    /** Somebody who waits for a write. */
    interface Client {
        void told(WriteOutcome outcome, long storeMicros);
    }

    /** Returns a ticket whose outcome goes to {@code whenDecided}, once, on the ring's thread. */
    long register(Client whenDecided) {
        long ticket = tickets.incrementAndGet();
        waiting.put(ticket, whenDecided);
        return ticket;
    }

    void forget(long ticket) {
        waiting.remove(ticket);
    }

    /**
     * Tells whoever waits for a ticket how it ended.
     *
     * @param storeMicros how long the store took over the batch that decided it, if one did
     */
    public void answer(long ticket, WriteOutcome outcome, long storeMicros) {
        Client client = waiting.remove(ticket);
        if (client != null) {
            client.told(outcome, storeMicros);
        }
    }
}
