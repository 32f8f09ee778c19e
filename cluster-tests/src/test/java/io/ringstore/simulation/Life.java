package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Write;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingEvent.Silence;
import io.ringstore.ring.RingLimits;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.RingNode;
import io.ringstore.ring.RingTimers;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.simulation.Happening.Answered;
import io.ringstore.simulation.Happening.ClaimAnswered;
import io.ringstore.simulation.Happening.Queued;
import io.ringstore.simulation.Happening.Stepped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** One process of a sync node, from its start to its end: runs the core and has its actions done, as the driver does. */
final class Life {

    private static final long ASKS_FOR_REPORT = -1;

    final String name;
    private final Host host;
    private final World world;
    private final Cluster cluster;
    private final RingNode core;
    private final Calls calls;
    private final Witness witness;
    private final long clockZero;
    private final double clockRate;
    private final Map<Long, Caller> exchanges = new LinkedHashMap<>();
    private final Map<Long, Waiting> clients = new LinkedHashMap<>();
    private final List<RingEvent> inbox = new ArrayList<>();
    private NodeReport report;
    private long exchangesBegun;
    private boolean paused;
    private boolean over;

    private record Waiting(String requestId, Consumer<WriteOutcome> answered, Consumer<Boolean> failed) {}

    Life(Host host, World world, Cluster cluster, RingConfig configured, String name) {
        this.host = host;
        this.world = world;
        this.cluster = cluster;
        this.name = name;
        this.core = new RingNode("sim", host.id, configured, name, RingTimers.DEFAULT, RingLimits.DEFAULT);
        this.witness = new Witness(host.id, name, world, cluster);
        this.calls = new Calls(this, host.id, world, cluster);
        this.clockZero = world.dice.between(0, 1_000_000);
        double drift = world.options.nodeFaults().drift();
        this.clockRate = 1 + world.dice.between(-drift, drift);
        this.report = reportNow();
    }

    NodeReport report() {
        return report;
    }

    private long clock() {
        return clockZero + (long) (world.agenda.now() * clockRate) / Agenda.MICROS_PER_MILLI;
    }

    void deliver(RingEvent event) {
        if (over) {
            return;
        }
        if (paused) {
            inbox.add(event);
        } else {
            step(event);
        }
    }

    void pause() {
        paused = true;
    }

    /** All that came meanwhile is found at once: timers that are overdue, messages that lay in buffers. */
    void resume() {
        if (over || !paused) {
            return;
        }
        paused = false;
        if (report.phase() == NodePhase.CRITICAL) {
            world.tally.count(Fault.WOKE_UP_IN_THE_CRITICAL_SECTION);
        }
        world.note(() -> host.id + " wakes up");
        List<RingEvent> missed = List.copyOf(inbox);
        inbox.clear();
        missed.forEach(this::deliver);
    }

    void asked(NodeId from, LongFunction<RingEvent> question, Caller caller) {
        long exchange = ++exchangesBegun;
        exchanges.put(exchange, new Caller() {
            @Override
            public void answered(PeerReply reply) {
                boolean arrives = cluster.network().answer(host.id, from, () -> caller.answered(reply));
                if (!arrives && reply instanceof PeerReply.Taken) {
                    world.tally.count(Fault.TOKEN_TAKEN_BUT_ANSWER_LOST);
                }
            }

            @Override
            public void failed(Silence silence) {
                cluster.network().answer(host.id, from, () -> caller.failed(silence));
            }
        });
        deliver(question.apply(exchange));
    }

    void hangUp(long ticket) {
        world.happened(new Answered(ticket));
        clients.remove(ticket);
        deliver(new RingEvent.ClientGone(ticket));
    }

    void write(
            long ticket, Write write, long patienceMillis, Consumer<WriteOutcome> answered, Consumer<Boolean> failed) {
        world.happened(new Queued(host.id, ticket));
        clients.put(ticket, new Waiting(write.requestId(), answered, failed));
        deliver(new RingEvent.WritesRequested(List.of(new RingEvent.Request(ticket, write, patienceMillis))));
    }

    private void step(RingEvent event) {
        NodeReport before = report;
        if (event instanceof RingEvent.ClaimAnswered(String claimId, var _)) {
            world.happened(new ClaimAnswered(name, claimId));
        }
        List<RingAction> actions = core.handle(clock(), event);
        boolean dies = world.mishap(world.options.nodeFaults().crashesPerStep());
        int performed = dies ? world.dice.below(actions.size() + 1) : actions.size();
        for (RingAction action : actions.subList(0, performed)) {
            if (over) {
                return;
            }
            perform(event, action);
        }
        if (over) {
            return;
        }
        report = reportNow();
        world.happened(new Stepped(host.id, name, report));
        if (!report.seen().equals(before.seen()) || report.phase() != before.phase()) {
            world.note(() -> "%s is %s, has seen %s".formatted(host.id, report.phase(), report.seen()));
        }
        if (dies) {
            world.tally.count(Fault.CRASH_WITHIN_A_STEP);
            host.crash();
        }
    }

    /** Asking a node how it is changes nothing about it, so that it can be done after every step. */
    private NodeReport reportNow() {
        for (RingAction action : core.handle(clock(), new RingEvent.ReportAsked(ASKS_FOR_REPORT))) {
            if (action instanceof RingAction.Answer(long exchange, PeerReply.Report(NodeReport answer))
                    && exchange == ASKS_FOR_REPORT) {
                return answer;
            }
        }
        throw new IllegalStateException(host.id + " does not say how it is");
    }

    private void perform(RingEvent event, RingAction action) {
        switch (action) {
            case RingAction.Answer(long exchange, PeerReply reply) -> answer(event, exchange, reply);
            case RingAction.AnswerClient(long ticket, WriteOutcome outcome) -> answerClient(ticket, outcome);
            case RingAction.StartTimer(var timer, long millis, boolean jittered) -> {
                double jitter = jittered ? world.dice.between(0.8, 1.2) : 1;
                long micros = (long) (millis * Agenda.MICROS_PER_MILLI * jitter / clockRate) + 1;
                world.agenda.in(micros, () -> deliver(new RingEvent.TimerFired(timer)));
            }
            case RingAction.Tell(RingMoment moment) -> witness.told(moment);
            case RingAction.Leave() -> {
                world.note(() -> host.id + " has left");
                host.end(this);
            }
            case RingAction.Halt(String reason) -> {
                world.note(() -> host.id + " halts: " + reason);
                cluster.halted(host.id, reason);
                host.end(this);
            }
            case RingAction.PassToken _,
                    RingAction.SendCopy _,
                    RingAction.SendWake _,
                    RingAction.AskHealth _,
                    RingAction.SendBye _,
                    RingAction.SendBatch _,
                    RingAction.SendClaim _,
                    RingAction.ReadView _ -> {
                world.note(() -> host.id + " " + Lines.of(action));
                calls.make(action);
            }
        }
    }

    private void answer(RingEvent event, long exchange, PeerReply reply) {
        witness.replied(event, reply);
        Caller caller = exchanges.remove(exchange);
        if (caller != null) {
            caller.answered(reply);
        }
    }

    private void answerClient(long ticket, WriteOutcome outcome) {
        world.happened(new Answered(ticket));
        Waiting waiting = clients.remove(ticket);
        if (waiting == null) {
            return;
        }
        witness.answered(waiting.requestId(), outcome);
        cluster.network()
                .answer(host.id, Network.CLIENTS, () -> waiting.answered().accept(outcome));
    }

    /** The process is gone; those who waited for it notice, unless its host is gone too. */
    void end(boolean silently) {
        over = true;
        clients.keySet().forEach(ticket -> world.happened(new Answered(ticket)));
        if (!silently) {
            exchanges.values().forEach(caller -> caller.failed(Silence.NO_ANSWER));
            clients.values()
                    .forEach(client -> cluster.network()
                            .answer(
                                    host.id,
                                    Network.CLIENTS,
                                    () -> client.failed().accept(false)));
        }
    }
}
