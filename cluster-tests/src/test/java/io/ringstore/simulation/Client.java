package io.ringstore.simulation;

import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import io.ringstore.ledger.Write;
import io.ringstore.simulation.Happening.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for one write after another through a gateway of its own, and remembers how each of them ended. */
final class Client {

    /** How wrong a client's clock may be; half of what the ledger tolerates. */
    private static final long CLOCK_ERROR_MILLIS = 30_000;

    private static final long CALM_MILLIS = 100;

    private final World world;
    private final Cluster cluster;
    private final Gateway gateway;
    private final List<Observation> seen;
    private final int number;
    private final long clockError;
    private final Map<String, Long> revisionsSeen = new HashMap<>();
    private int begun;
    private int wanted;
    private @Nullable Pending pending;

    Client(int number, World world, Cluster cluster, Gateway gateway, List<Observation> seen) {
        this.number = number;
        this.world = world;
        this.cluster = cluster;
        this.gateway = gateway;
        this.seen = seen;
        this.clockError = world.dice.between(-CLOCK_ERROR_MILLIS, CLOCK_ERROR_MILLIS);
    }

    /** Wants to write so many values more, whatever it wanted before. */
    void want(int writes) {
        wanted = begun + writes;
        if (pending == null) {
            next();
        }
    }

    boolean isDone() {
        return pending == null && begun >= wanted;
    }

    private void next() {
        long millis = world.dice.about(world.options.clients().thinkMillis());
        world.agenda.inMillis(world.calm ? Math.min(millis, CALM_MILLIS) : millis, this::begin);
    }

    private void begin() {
        if (pending != null || begun >= wanted) {
            return;
        }
        begun++;
        Wish wish = Wish.drawnBy(world.dice, number + "-" + begun, revisionsSeen);
        Write write = new Write(requestId(), "C" + number, world.agenda.millis(), null, wish.operation());
        Pending begunNow = new Pending(
                write,
                world.agenda.now(),
                world.agenda.millis() + world.options.clients().patienceMillis());
        pending = begunNow;
        world.happened(new Asked(write));
        gateway.carry(begunNow, end -> ended(begunNow, wish, end));
    }

    /** A UUIDv7: its first 48 bits are the client's clock, its last ones are this client's and request's numbers. */
    private String requestId() {
        String time = "%012x".formatted(cluster.store().clock() + clockError);
        return "%s-%s-7000-8000-%06x%06x".formatted(time.substring(0, 8), time.substring(8), number, begun);
    }

    private void ended(Pending write, Wish wish, End end) {
        long completedAt = end instanceof End.Unknown ? Observation.NEVER : world.agenda.now();
        wish.puts().forEach((key, value) -> {
            seen.add(new WriteSeen(write.write().requestId(), key, value, write.invokedAt(), completedAt, end));
            if (end instanceof End.Acknowledged(long revision)) {
                revisionsSeen.put(key, revision);
            }
        });
        world.note(() -> "C%d: %s ends %s"
                .formatted(number, Lines.shortened(write.write().requestId()), end));
        if (end instanceof End.Acknowledged) {
            world.tally.countAcknowledged();
        }
        pending = null;
        next();
    }
}
