package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All hosts, the store, and the network between them. */
final class Cluster {

    /** Hosts that are not on the ring at first may be added to it. */
    private static final int HOSTS = 7;

    private static final long CALM_MILLIS = 500;

    private final World world;
    private final Network network;
    private final StoreLog store;
    private final Map<NodeId, Host> hosts = new LinkedHashMap<>();
    private final List<NodeId> founders;
    private final Set<NodeId> removed = new HashSet<>();

    Cluster(World world) {
        this.world = world;
        this.network = new Network(world);
        this.store = new StoreLog(world);
        for (int number = 0; number < Math.max(HOSTS, world.options.nodes()); number++) {
            NodeId id = new NodeId("sync-" + number);
            hosts.put(id, new Host(id, world, this));
        }
        this.founders = List.copyOf(hosts.keySet()).subList(0, world.options.nodes());
    }

    Network network() {
        return network;
    }

    StoreLog store() {
        return store;
    }

    Host host(NodeId id) {
        Host host = hosts.get(id);
        if (host == null) {
            throw new IllegalArgumentException("no host " + id);
        }
        return host;
    }

    List<Host> hosts() {
        return List.copyOf(hosts.values());
    }

    /** Every host that a sync node may ever run on. */
    List<NodeId> everyone() {
        return List.copyOf(hosts.keySet());
    }

    /** The ring as it is now. */
    List<NodeId> ring() {
        RingConfig installed = store.config();
        return installed.isInstalled() ? installed.nodes() : founders;
    }

    List<Host> up() {
        return hosts.values().stream().filter(Host::isUp).toList();
    }

    /** Starts a node with the settings an operator would give it: the first ring if it is of it, else the present one. */
    void start(NodeId id) {
        if (ring().contains(id)) {
            host(id).start(founders.contains(id) ? founders : ring());
        }
    }

    /** Whatever ended is started again after a while. */
    void startLater(NodeId id) {
        long millis = world.dice.about(world.options.nodeFaults().downMillis());
        world.agenda.inMillis(world.calm ? Math.min(millis, CALM_MILLIS) : millis, () -> start(id));
    }

    /** A node gave up for good, which only one that was removed from the ring may do. */
    void halted(NodeId id, String reason) {
        if (!removed.contains(id)) {
            throw new IllegalStateException(id + " was never removed from the ring, but halts: " + reason);
        }
    }

    /** Makes these the nodes of the ring, in this order. */
    void reconfigure(List<NodeId> nodes) {
        everyone().stream().filter(node -> !nodes.contains(node)).forEach(removed::add);
        store.reconfigure(nodes);
        nodes.forEach(this::startLater);
    }

    List<NodeId> others(NodeId id) {
        List<NodeId> others = new ArrayList<>(hosts.keySet());
        others.remove(id);
        return others;
    }
}
