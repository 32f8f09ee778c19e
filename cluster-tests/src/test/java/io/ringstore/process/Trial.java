package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.history.HistoryChecker;
import io.ringstore.history.Observation;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.WriteSeen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;

/**
 * A fault while clients write through the gateway, before, during and after it.
 *
 * <p>Afterwards what every client saw is held against the log of every replica, and the replicas against each other.
 */
final class Trial {

    private static final String IN_THE_CRITICAL_SECTION = "cs.before-store";
    private static final int CLIENTS = 8;
    private static final int WITHOUT_END = 1_000_000;
    private static final int MANY = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalCluster cluster;
    private final Workload load;

    private Trial(LocalCluster cluster, Workload load) {
        this.cluster = cluster;
        this.load = load;
    }

    /** What goes wrong; it must not return before it has happened. */
    @FunctionalInterface
    interface Fault {
        void happen(Trial trial) throws Exception;
    }

    static void run(LocalCluster cluster, Fault fault) throws Exception {
        run(cluster, Workload.start(cluster.gateway(), CLIENTS, WITHOUT_END), fault);
    }

    /** As {@link #run}, and nobody notices: no request of any client fails even once. */
    static void runUnnoticed(LocalCluster cluster, Fault fault) throws Exception {
        Workload load = Workload.start(cluster.gateway(), CLIENTS, WITHOUT_END);
        run(cluster, load, fault);
        assertThat(load.failed()).as("requests that failed").isEmpty();
    }

    /** With few clients who think, so that nodes are idle in between. */
    static void runUnhurried(LocalCluster cluster, Fault fault) throws Exception {
        run(cluster, Workload.start(cluster.gateway(), 2, WITHOUT_END, Duration.ofMillis(300)), fault);
    }

    private static void run(LocalCluster cluster, Workload workload, Fault fault) throws Exception {
        List<Observation> seen;
        try (Workload load = workload) {
            Trial trial = new Trial(cluster, load);
            try {
                trial.awaitAcknowledged(MANY / 4);
                fault.happen(trial);
                trial.awaitAcknowledged(MANY / 4);
            } finally {
                seen = load.finish();
                cluster.remember(seen); // whatever happened: the next trial is judged with the same log
            }
        }
        assertThat(seen)
                .filteredOn(WriteSeen.class::isInstance)
                .allMatch(write -> ((WriteSeen) write).end() instanceof End.Acknowledged);
        assertThat(HistoryChecker.check(cluster.history())).isEmpty();
    }

    /** The node dies at a failpoint, the others go on without it, and it comes back. */
    void crash(String node, String point) throws Exception {
        try {
            cluster.failpoints(node).arm(point, "halt");
        } catch (IOException diedBeforeItAnswered) {
            // whether it died, and where, is asked below
        }
        awaitDeathAt(node, point);
        awaitAcknowledged(MANY);
        cluster.start(node);
    }

    /** The failpoint must have done it: a node that died of anything else proves nothing. */
    private void awaitDeathAt(String node, String point) throws Exception {
        Awaitility.await(node + " dies at " + point).atMost(PATIENCE).until(() -> !cluster.isAlive(node));
        assertThat(cluster.log(node)).contains("failpoint acts point=" + point + " action=HALT");
    }

    /** Everything at this failpoint gets lost for as long as it takes the others to write on. */
    void lose(String node, String point) throws Exception {
        Failpoints failpoints = cluster.failpoints(node);
        int before = failpoints.acted(point);
        failpoints.arm(point, "drop", WITHOUT_END);
        awaitAcknowledged(MANY);
        assertThat(failpoints.acted(point)).as("%s at %s", point, node).isGreaterThan(before);
        failpoints.disarm(point);
    }

    /** The process is there and does nothing, until the others have written on without it. */
    void pause(String node) throws Exception {
        cluster.pause(node);
        assertThat(cluster.isPaused(node)).isTrue();
        awaitAcknowledged(MANY);
        cluster.resume(node);
    }

    /** As {@link #pause}, at the failpoint of that name, for so long; the others write on meanwhile. */
    void freeze(String node, Duration length) throws Exception {
        int before = cluster.failpoints(node).acted("pause");
        try {
            cluster.failpoints(node).freeze(length);
        } catch (IOException answersTooLate) {
            // whether it froze is asked below
        }
        Awaitility.await(node + " freezes").atMost(length).until(() -> cluster.isPaused(node));
        awaitAcknowledged(MANY);
        Awaitility.await(node + " comes back").atMost(PATIENCE).until(() -> !cluster.isPaused(node));
        assertThat(cluster.failpoints(node).acted("pause")).isEqualTo(before + 1);
    }

    /** As {@link #pause}, of a node that has the token and is about to write, which it still believes when it wakes. */
    void pauseInTheCriticalSection(String node) throws Exception {
        Failpoints failpoints = cluster.failpoints(node);
        int before = failpoints.acted(IN_THE_CRITICAL_SECTION);
        failpoints.arm(IN_THE_CRITICAL_SECTION, "pause");
        Awaitility.await(node + " holds the token")
                .atMost(PATIENCE)
                .until(() -> failpoints.acted(IN_THE_CRITICAL_SECTION) > before);
        pause(node);
        failpoints.disarm(IN_THE_CRITICAL_SECTION);
    }

    /** Waits until so many more writes were acknowledged. */
    void awaitAcknowledged(int more) throws ExecutionException, InterruptedException {
        int target = load.acknowledged() + more;
        Awaitility.await(more + " more acknowledged writes")
                .atMost(PATIENCE)
                .until(() -> load.acknowledged() >= target);
    }
}
