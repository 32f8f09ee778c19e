package io.ringstore.client.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Which sync node a write goes to: live ones first, the same one as long as it works, or each in turn. */
final class SyncNodeChooser {

    private final int nodes;
    private final GatewayProperties.Choice choice;
    private final long suspicionNanos;
    private final AtomicLongArray suspectedUntil;
    private final AtomicInteger next;

    /**
     * Starts with a node that depends on the gateway's name, so that several gateways spread.
     *
     * @param suspicion how long a node that failed is tried only after the others
     */
    SyncNodeChooser(int nodes, GatewayProperties.Choice choice, String gateway, Duration suspicion) {
        this.nodes = nodes;
        this.choice = choice;
        this.suspicionNanos = suspicion.toNanos();
        this.suspectedUntil = new AtomicLongArray(nodes);
        this.next = new AtomicInteger(Math.floorMod(gateway.hashCode(), nodes));
        for (int node = 0; node < nodes; node++) {
            suspectedUntil.set(node, System.nanoTime());
        }
    }

    /** The node for a write's first attempt. */
    int first() {
        return switch (choice) {
            case STICKY -> from(next.get());
            case ROUND_ROBIN -> from(next.getAndIncrement());
        };
    }

    /** The node to try after one that did not decide the write. */
    int after(int node) {
        return from(node + 1);
    }

    /** A node failed: others are tried before it for a while, and sticky writes move on. */
    void failed(int node) {
        suspectedUntil.set(node, System.nanoTime() + suspicionNanos);
        if (choice == GatewayProperties.Choice.STICKY) {
            int current = next.get();
            if (Math.floorMod(current, nodes) == node) {
                next.compareAndSet(current, from(node + 1));
            }
        }
    }

    void worked(int node) {
        suspectedUntil.set(node, System.nanoTime());
    }

    /** This node, or the next one that works. */
    int from(int node) {
        long now = System.nanoTime();
        for (int steps = 0; steps < nodes; steps++) {
            int candidate = Math.floorMod(node + steps, nodes);
            if (suspectedUntil.get(candidate) - now <= 0) {
                return candidate;
            }
        }
        return Math.floorMod(node, nodes);
    }
}
