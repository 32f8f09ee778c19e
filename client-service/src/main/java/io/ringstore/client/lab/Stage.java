package io.ringstore.client.lab;

import io.ringstore.client.lab.Nodes.Failure;
import io.ringstore.client.lab.Nodes.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Where a scenario plays: it hurts nodes while clients write, tells each step, and leaves nothing hurt behind. */
final class Stage {

    private static final long LOOK_EVERY_MILLIS = 50;
    private static final int MANY = 25;
    private static final int WITHOUT_END = 1_000_000;
    private static final Duration ANY = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Run run;
    private final Duration patience;
    private final Set<String> ended = new LinkedHashSet<>();
    private final List<Armed> armed = new ArrayList<>();

    private record Armed(String node, String point) {}

    /** The run was cancelled. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Stage(Nodes nodes, Run run, Duration patience) {
        this.nodes = nodes;
        this.run = run;
        this.patience = patience;
    }

    void say(String text) {
        run.say(text);
    }

    /** A sync node that writes for our clients. */
    String busySync() {
        return Objects.requireNonNull(run.tally().servedBy(), "a write was acknowledged before");
    }

    String holder() {
        return nodes.holder();
    }

    String after(String sync) {
        List<String> ring = nodes.syncs();
        return ring.get((ring.indexOf(sync) + 1) % ring.size());
    }

    String primary() {
        return await("a store node leads", () -> {
            try {
                return nodes.primary();
            } catch (Failure nobodyYet) {
                return "";
            }
        });
    }

    String backup() {
        String primary = primary();
        return nodes.stores().stream()
                .filter(store -> !store.equals(primary))
                .findFirst()
                .orElseThrow(() -> new Failure("a store of one node has no backup"));
    }

    List<String> all() {
        List<String> all = new ArrayList<>(nodes.syncs());
        all.addAll(nodes.stores());
        return all;
    }

    /** Each node ends as soon as it gets to the failpoint. */
    void crash(List<String> victims, String point) {
        for (String node : victims) {
            ended.add(node);
            armed.add(new Armed(node, point));
            nodes.arm(node, point, "halt", 1, ANY);
        }
        for (String node : victims) {
            awaitThat(node + " is gone", () -> nodes.health(node) == Health.GONE);
            say(node + " is dead.");
        }
        armed.clear();
    }

    /** The node leaves in order, as when it is stopped by its operator. */
    void leave(String node) {
        ended.add(node);
        nodes.arm(node, "now", "exit", 1, ANY);
        awaitThat(node + " has left", () -> nodes.health(node) == Health.GONE);
    }

    void startAgain(String node) {
        if (nodes.canStart()) {
            nodes.start(node);
        } else {
            say("Waiting for " + node + " to be started by its restart policy, or by hand.");
        }
        awaitThat(node + " is back", () -> nodes.health(node) == Health.READY);
        ended.remove(node);
        say(node + " is back.");
    }

    /** From now on everything that gets to one of the failpoints is lost, until {@link #hearAgain}. */
    void lose(String node, String... points) {
        for (String point : points) {
            armed.add(new Armed(node, point));
            nodes.arm(node, point, "drop", WITHOUT_END, ANY);
        }
    }

    void hearAgain() {
        for (Armed one : List.copyOf(armed)) {
            if (nodes.acted(one.node(), one.point()) == 0) {
                throw new Failure("nothing was lost at " + one.node());
            }
            nodes.disarm(one.node(), one.point());
            armed.remove(one);
        }
    }

    void freeze(String node, Duration length) {
        nodes.arm(node, "pause", "pause", 1, length);
        awaitThat(node + " is frozen", () -> nodes.health(node) == Health.SILENT);
    }

    /** Waits until clients have got on. */
    void awaitWrites() {
        int target = run.tally().acknowledged() + MANY;
        awaitThat(MANY + " more writes are acknowledged", () -> run.tally().acknowledged() >= target);
    }

    void awaitThat(String what, BooleanSupplier condition) {
        await(what, () -> condition.getAsBoolean() ? "so" : "");
    }

    private String await(String what, Supplier<String> answer) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (String got = answer.get(); ; got = answer.get()) {
            if (!got.isEmpty()) {
                return got;
            }
            if (run.isCancelled()) {
                throw new Cancelled();
            }
            if (System.nanoTime() > deadline) {
                throw new Failure("waited " + patience.toSeconds() + " s in vain until " + what);
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted");
        }
    }

    /** Heals whatever an ending before its time has left hurt; cancelling does not keep from that. */
    void heal() {
        for (Armed one : armed) {
            try {
                nodes.disarm(one.node(), one.point());
            } catch (RuntimeException gone) {
                // a node that is started again has nothing armed
            }
        }
        for (String node : List.copyOf(ended)) {
            try {
                if (nodes.health(node) == Health.GONE) {
                    nodes.start(node);
                    say(
                            nodes.canStart()
                                    ? node + " is started again."
                                    : node + " is still down; nothing here can start it.");
                }
            } catch (Failure impossible) {
                run.failed(String.valueOf(impossible.getMessage()));
            }
        }
    }
}
