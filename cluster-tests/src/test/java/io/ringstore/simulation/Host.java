package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.Write;
import io.ringstore.ring.NodePhase;
import io.ringstore.ring.NodeReport;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingEvent.Silence;
import io.ringstore.ring.WriteOutcome;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Where a sync node runs, if it runs: its process is started, killed, paused, and reached or not. */
final class Host {

    final NodeId id;
    private final World world;
    private final Cluster cluster;
    private @Nullable Life life;
    private int lives;

    /** Whether the dead host says nothing, instead of refusing connections. */
    private boolean silent;

    /** Whether nobody will ever start it again. */
    private boolean abandoned;

    Host(NodeId id, World world, Cluster cluster) {
        this.id = id;
        this.world = world;
        this.cluster = cluster;
    }

    boolean isUp() {
        return life != null;
    }

    @Nullable
    Life life() {
        return life;
    }

    NodePhase phase() {
        return life == null ? NodePhase.JOINING : life.report().phase();
    }

    void abandon() {
        abandoned = true;
    }

    /** Starts the process if none runs; {@code nodes} is the ring as its settings have it. */
    void start(List<NodeId> nodes) {
        if (life == null && !abandoned) {
            Life begun = new Life(this, world, cluster, new RingConfig(0, nodes), id + "#" + ++lives);
            life = begun;
            silent = false;
            world.note(() -> id + " starts");
            begun.deliver(new RingEvent.Started());
        }
    }

    void crash() {
        if (life != null) {
            Life ended = life;
            world.tally.count(Fault.CRASH);
            world.tally.count(caseOf(ended.report()));
            world.note(() -> id + " crashes in phase " + ended.report().phase());
            silent = world.mishap(world.options.nodeFaults().silentDeaths());
            end(ended);
        }
    }

    /** Cases 1.1 to 1.3. */
    private static Fault caseOf(NodeReport atDeath) {
        if (atDeath.phase() == NodePhase.CRITICAL) {
            return Fault.CRASH_IN_THE_CRITICAL_SECTION;
        }
        return atDeath.queued() > 0 ? Fault.DIED_WITH_REQUESTS : Fault.DIED_WITHOUT_A_REQUEST;
    }

    /** The process has ended, by itself or not; its peers and clients find their connections broken. */
    void end(Life ended) {
        if (life == ended) {
            life = null;
            ended.end(silent);
            cluster.startLater(id);
        }
    }

    /** From now on this dead host says nothing at all. */
    void fallSilent() {
        crash();
        silent = true;
    }

    void pause(long millis) {
        if (life != null) {
            Life paused = life;
            world.tally.count(Fault.PAUSE);
            world.note(() -> id + " is paused for " + millis + " ms");
            paused.pause();
            world.agenda.inMillis(millis, paused::resume);
        }
    }

    void stop() {
        if (life != null) {
            world.tally.count(Fault.ORDERLY_STOP);
            world.note(() -> id + " is asked to stop");
            life.deliver(new RingEvent.StopRequested());
        }
    }

    /** A peer's question arrives. */
    void asked(NodeId from, LongFunction<RingEvent> question, Caller caller) {
        if (life != null) {
            life.asked(from, question, caller);
        } else if (!silent) {
            cluster.network().answer(id, from, () -> caller.failed(Silence.REFUSED));
        }
    }

    /** A message arrives for which nobody waits for an answer. */
    void told(RingEvent event) {
        if (life != null) {
            life.deliver(event);
        }
    }

    /** A client does not wait any more. */
    void hangUp(long ticket) {
        if (life != null) {
            life.hangUp(ticket);
        }
    }

    /** A client's request arrives; a broken or refused connection is said to have failed, surely or not. */
    void write(
            long ticket, Write write, long patienceMillis, Consumer<WriteOutcome> answered, Consumer<Boolean> failed) {
        if (life != null) {
            life.write(ticket, write, patienceMillis, answered, failed);
        } else if (!silent) {
            cluster.network().answer(id, Network.CLIENTS, () -> failed.accept(true));
        }
    }
}
