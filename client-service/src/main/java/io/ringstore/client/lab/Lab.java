package io.ringstore.client.lab;

import io.ringstore.client.lab.LabClients.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one workload or scenario at a time, and remembers the last few. */
public final class Lab implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lab.class);
    private static final int REMEMBERED = 12;
    private static final int SCENARIO_CLIENTS = 5;

    private final Writer writer;
    private final Judge judge;
    private final Nodes nodes;
    private final Duration patience;
    private final Runnable beforeScenario;
    private final Deque<Run> runs = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param beforeScenario takes away what would keep a scenario from going on */
    Lab(Writer writer, Judge judge, Nodes nodes, Duration patience, Runnable beforeScenario) {
        this.writer = writer;
        this.judge = judge;
        this.nodes = nodes;
        this.patience = patience;
        this.beforeScenario = beforeScenario;
    }

    /** Another run is not over yet. */
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        Busy(Run other) {
            super("Run " + other.id() + " is not over; cancel it, or wait.");
        }
    }

    /**
     * Begins a workload.
     *
     * @throws Busy if another run is not over
     */
    public Run start(WorkloadPlan plan) {
        long seed = ThreadLocalRandom.current().nextLong();
        return switch (plan) {
            case WorkloadPlan.Assignment assignment -> {
                long[] requests = new SplittableRandom(seed)
                        .longs(plan.clients(), assignment.minRequests(), assignment.maxRequests() + 1L)
                        .toArray();
                yield start("workload", "assignment", Arrays.stream(requests).sum(), run -> {
                    Consumer<LabClients> crowd = clients -> {
                        SplittableRandom random = new SplittableRandom(seed);
                        for (long writes : requests) {
                            clients.add(Habit.thinking(
                                    writes,
                                    assignment.resources(),
                                    assignment.minThink(),
                                    assignment.maxThink(),
                                    random.split()));
                        }
                    };
                    workload(run, crowd);
                });
            }
            case WorkloadPlan.Load load ->
                start(
                        "workload",
                        "load",
                        load.writes(),
                        run -> workload(run, clients -> {
                            for (int client = 0; client < load.clients(); client++) {
                                clients.add(Habit.steady(load, client));
                            }
                        }));
        };
    }

    /**
     * Begins a scenario.
     *
     * @throws Busy if another run is not over
     */
    public Run start(Scenario scenario) {
        return start("scenario", scenario.word(), 0, run -> play(run, scenario));
    }

    private synchronized Run start(String kind, String name, long wanted, Work work) {
        Run last = runs.peekFirst();
        if (last != null && !last.isOver()) {
            throw new Busy(last);
        }
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Run run = new Run(id, kind, name, wanted, InstantSource.system().millis());
        runs.addFirst(run);
        if (runs.size() > REMEMBERED) {
            runs.removeLast();
        }
        threads.execute(() -> work(run, work));
        return run;
    }

    /** The newest first. */
    public synchronized List<Run> runs() {
        return List.copyOf(runs);
    }

    public Optional<Run> find(String id) {
        return runs().stream().filter(run -> run.id().equals(id)).findFirst();
    }

    @FunctionalInterface
    private interface Work {
        void on(Run run) throws InterruptedException;
    }

    private void work(Run run, Work work) {
        try {
            long after = judge.lastRevision();
            work.on(run);
            run.judging();
            var finding =
                    judge.judge(run.prefix(), after, run.began(), run.tally().seen());
            run.ended(Verdict.of(finding, run.tally()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            run.failed("The gateway was stopped.");
        } catch (RuntimeException | Error broken) {
            log.error("run broke id={}", run.id(), broken);
            run.failed(String.valueOf(broken.getMessage()));
        } finally {
            run.over();
        }
    }

    private void workload(Run run, Consumer<LabClients> crowd) throws InterruptedException {
        try (LabClients clients = new LabClients(writer, run.prefix(), run.tally(), run::isCancelled)) {
            crowd.accept(clients);
            clients.awaitAll();
        }
    }

    private void play(Run run, Scenario scenario) throws InterruptedException {
        beforeScenario.run();
        var stop = new AtomicBoolean();
        Stage stage = new Stage(nodes, run, patience);
        try (LabClients clients = new LabClients(writer, run.prefix(), run.tally(), stop::get)) {
            for (int client = 0; client < SCENARIO_CLIENTS; client++) {
                clients.add(Habit.unhurried(scenario.think(), new SplittableRandom(client)));
            }
            try {
                run.say(SCENARIO_CLIENTS + " clients write.");
                stage.awaitWrites();
                run.tally().watchSilence(System.nanoTime());
                scenario.play(stage, nodes);
                stage.awaitWrites();
                run.tally().endSilence(System.nanoTime());
            } catch (Stage.Cancelled early) {
                run.say("Cancelled.");
            } catch (RuntimeException broken) {
                run.say(String.valueOf(broken.getMessage()));
                run.failed(String.valueOf(broken.getMessage()));
            } finally {
                stage.heal();
                stop.set(true);
            }
            clients.awaitAll();
        }
    }

    @Override
    public void close() {
        runs().forEach(Run::cancel);
        threads.shutdownNow();
    }
}
