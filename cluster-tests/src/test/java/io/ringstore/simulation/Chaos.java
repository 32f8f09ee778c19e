package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.ring.NodePhase;
import java.util.ArrayList;
import java.util.List;

/** Accidents, each kind as often as the options say. */
final class Chaos {

    private static final double MICROS_PER_SECOND = 1_000_000;

    private final World world;
    private final Cluster cluster;

    Chaos(World world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    void begin() {
        Options.Nodes nodes = world.options.nodeFaults();
        Options.Store store = world.options.store();
        often(nodes.crashesPerSecond(), this::crash);
        often(nodes.stopsPerSecond(), this::stop);
        often(nodes.pausesPerSecond(), this::pause);
        often(world.options.network().cutsPerSecond(), this::cut);
        often(store.electionsPerSecond(), this::election);
        often(store.jumpsPerSecond(), () -> cluster.store().jumpClock(world.dice.between(1, store.jumpMillis())));
        often(store.reconfigurationsPerSecond(), this::reconfigure);
    }

    private void often(double perSecond, Runnable accident) {
        if (perSecond > 0) {
            world.agenda.in(world.dice.about((long) (MICROS_PER_SECOND / perSecond)), () -> {
                if (!world.calm) {
                    accident.run();
                    often(perSecond, accident);
                }
            });
        }
    }

    /** As often as not the victim is the node that has the token. */
    private List<Host> victim() {
        List<Host> up = cluster.up();
        List<Host> holders = up.stream().filter(host -> host.phase().hasToken()).toList();
        List<Host> critical =
                up.stream().filter(host -> host.phase() == NodePhase.CRITICAL).toList();
        List<List<Host>> choices = new ArrayList<>(List.of(up, up, holders, critical));
        choices.removeIf(List::isEmpty);
        return choices.isEmpty() ? List.of() : List.of(world.dice.oneOf(world.dice.oneOf(choices)));
    }

    private void crash() {
        victim().forEach(Host::crash);
    }

    private void stop() {
        victim().forEach(Host::stop);
    }

    private void pause() {
        long millis = world.dice.ofAnyScale(10, world.options.nodeFaults().pauseMillis());
        victim().forEach(host -> host.pause(millis));
    }

    private void election() {
        cluster.store().loseLeader();
        world.agenda.inMillis(world.dice.about(world.options.store().electionMillis()), cluster.store()::electLeader);
    }

    private record Link(NodeId from, NodeId to) {}

    /** Cuts one link, or a node off, or the ring in two, in one direction or both. */
    private void cut() {
        List<NodeId> ring = cluster.ring();
        NodeId one = world.dice.oneOf(ring);
        List<NodeId> rest = ring.stream().filter(node -> !node.equals(one)).toList();
        List<Link> links = new ArrayList<>();
        int what = world.dice.below(4);
        switch (what) {
            case 0 -> links.add(new Link(one, Network.STORE));
            case 1 -> links.addAll(between(List.of(one), List.of(world.dice.oneOf(ring))));
            case 2 -> links.addAll(between(List.of(one), rest));
            case 3 -> {
                List<NodeId> shuffled = world.dice.shuffled(ring);
                int half = world.dice.below(ring.size());
                links.addAll(between(shuffled.subList(0, half), shuffled.subList(half, ring.size())));
                if (half > 0) {
                    world.tally.count(Fault.RING_SPLIT);
                }
            }
            default -> throw new IllegalStateException("no such cut");
        }
        int direction = world.dice.below(3);
        if (what == 2 && direction == 1) {
            world.tally.count(Fault.DEAF_NODE);
        }
        for (Link link : links) {
            if (direction != 1) {
                cutForAWhile(link.from(), link.to());
            }
            if (direction != 2) {
                cutForAWhile(link.to(), link.from());
            }
        }
    }

    private static List<Link> between(List<NodeId> some, List<NodeId> others) {
        return some.stream()
                .flatMap(from -> others.stream().map(to -> new Link(from, to)))
                .toList();
    }

    private void cutForAWhile(NodeId from, NodeId to) {
        world.note(() -> "cut: " + from + " -> " + to);
        cluster.network().cut(from, to);
        world.agenda.inMillis(world.dice.about(world.options.network().cutMillis()), () -> {
            if (!world.calm) {
                cluster.network().mend(from, to);
            }
        });
    }

    /** Adds, removes and reorders sync nodes all at once. */
    private void reconfigure() {
        if (cluster.store().config().isInstalled()) {
            List<NodeId> everyone = world.dice.shuffled(cluster.everyone());
            cluster.reconfigure(everyone.subList(0, 1 + world.dice.below(everyone.size())));
        }
    }
}
