package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Carries messages: late, twice or never, and in any order. */
final class Network {

    static final NodeId STORE = new NodeId("store");
    static final NodeId CLIENTS = new NodeId("clients");

    /** While nothing goes wrong, a message and its answer arrive well within T_send. */
    private static final long CALM_MICROS = 50_000;

    private record Link(NodeId from, NodeId to) {}

    private final World world;
    private final Set<Link> cut = new HashSet<>();
    private final Map<Link, Long> latestArrival = new HashMap<>();

    Network(World world) {
        this.world = world;
    }

    void cut(NodeId from, NodeId to) {
        cut.add(new Link(from, to));
    }

    void mend(NodeId from, NodeId to) {
        cut.remove(new Link(from, to));
    }

    /** Returns whether it will arrive. */
    boolean request(NodeId from, NodeId to, Runnable arrival) {
        boolean arrives = carry(from, to, world.options.network().loss(), Fault.REQUEST_LOST, arrival);
        if (arrives && world.mishap(world.options.network().duplicates())) {
            world.tally.count(Fault.REQUEST_DUPLICATED);
            world.agenda.in(delay(), arrival);
        }
        return arrives;
    }

    /** Like {@link #request}, but it never arrives twice: whoever makes such a call knows how often it was made. */
    void call(NodeId from, NodeId to, Runnable arrival) {
        carry(from, to, world.options.network().loss(), Fault.REQUEST_LOST, arrival);
    }

    /** Returns whether it will arrive. */
    boolean answer(NodeId from, NodeId to, Runnable arrival) {
        return carry(from, to, world.options.network().lostAnswers(), Fault.ANSWER_LOST, arrival);
    }

    private boolean carry(NodeId from, NodeId to, double loss, Fault asLost, Runnable arrival) {
        Link link = new Link(from, to);
        if (cut.contains(link)) {
            world.tally.count(from.equals(STORE) || to.equals(STORE) ? Fault.STORE_CUT_OFF : Fault.LINK_CUT);
            if (!cut.contains(new Link(to, from))) {
                world.tally.count(Fault.LINK_CUT_ONE_WAY);
            }
            return false;
        }
        if (world.mishap(loss)) {
            world.tally.count(asLost);
            world.note(() -> asLost + " " + from + " -> " + to);
            return false;
        }
        long delay = delay();
        long arrives = world.agenda.now() + delay;
        if (latestArrival.getOrDefault(link, 0L) > arrives) {
            world.tally.count(Fault.OVERTAKEN);
        } else {
            latestArrival.put(link, arrives);
        }
        world.agenda.in(delay, arrival);
        return true;
    }

    private long delay() {
        Options.Network settings = world.options.network();
        long delay = settings.leastMicros() + world.dice.about(settings.meanMicros());
        return world.calm ? Math.min(delay, CALM_MICROS) : delay;
    }
}
