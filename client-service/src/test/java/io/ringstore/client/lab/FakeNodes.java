package io.ringstore.client.lab;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Nodes that do at once what a scenario wants of them. */
final class FakeNodes implements Nodes {

    final Set<String> gone = ConcurrentHashMap.newKeySet();
    final Set<String> armed = ConcurrentHashMap.newKeySet();
    final Set<String> hurt = ConcurrentHashMap.newKeySet();
    private final Set<String> frozen = ConcurrentHashMap.newKeySet();
    private final boolean immortal;
    private final AtomicBoolean canStart = new AtomicBoolean(true);

    /** @param immortal whether they survive failpoints */
    FakeNodes(boolean immortal) {
        this.immortal = immortal;
    }

    @Override
    public List<String> syncs() {
        return List.of("sync-0", "sync-1", "sync-2", "sync-3", "sync-4");
    }

    @Override
    public List<String> stores() {
        return List.of("store-0", "store-1", "store-2");
    }

    @Override
    public String holder() {
        return "sync-4";
    }

    @Override
    public String primary() {
        return "store-0";
    }

    @Override
    public void arm(String node, String point, String action, int count, Duration length) {
        hurt.add(node);
        boolean ends = action.equals("halt") || action.equals("exit");
        if (ends && !immortal) {
            gone.add(node);
        } else if (action.equals("pause")) {
            frozen.add(node);
        } else {
            armed.add(node + " " + point);
        }
    }

    @Override
    public void disarm(String node, String point) {
        armed.remove(node + " " + point);
    }

    @Override
    public int acted(String node, String point) {
        return 1;
    }

    @Override
    public Health health(String node) {
        if (frozen.remove(node)) {
            return Health.SILENT;
        }
        return gone.contains(node) ? Health.GONE : Health.READY;
    }

    /** From now on somebody else must start what ends. */
    void leaveStartingToOthers() {
        canStart.set(false);
    }

    @Override
    public boolean canStart() {
        return canStart.get();
    }

    @Override
    public void start(String node) {
        if (canStart()) {
            gone.remove(node);
        }
    }
}
