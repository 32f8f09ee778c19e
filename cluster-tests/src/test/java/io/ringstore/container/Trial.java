package io.ringstore.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.history.History;
import io.ringstore.history.HistoryChecker;
import io.ringstore.history.Observation;
import io.ringstore.history.Others;
import io.ringstore.process.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Clients write and read throughout while something happens to the containers; afterwards the history is judged.
 *
 * <p>The judgement is always of everything since the first trial: the log of the containers is never emptied.
 */
final class Trial {

    private static final int CLIENTS = 4;
    private static final int WRITES_BETWEEN_FAULTS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ClusterView view;

    private final ComposeCluster cluster;
    private final List<Observation> seen = new ArrayList<>();

    Trial(ComposeCluster cluster) {
        this.cluster = cluster;
        this.view = new ClusterView(cluster);
    }

    /** What happens meanwhile. */
    @FunctionalInterface
    interface Events {
        void happen(Load load) throws Exception;
    }

    /** The clients as the events see them. */
    static final class Load {
        private final Workload workload;

        private Load(Workload workload) {
            this.workload = workload;
        }

        /** Waits until clients have got so many writes acknowledged that some of them began after this call. */
        void awaitProgress() throws ExecutionException, InterruptedException {
            int wanted = workload.acknowledged() + WRITES_BETWEEN_FAULTS;
            Awaitility.await().atMost(PATIENCE).until(() -> workload.acknowledged() >= wanted);
        }

        /** Waits until no write has been acknowledged for so long; answers may still be on their way when this begins. */
        void awaitStandstill(Duration time) {
            AtomicInteger before = new AtomicInteger();
            Awaitility.await().during(time).atMost(PATIENCE).until(() -> {
                int now = workload.acknowledged();
                return before.getAndSet(now) == now;
            });
        }
    }

    /** Takes what others than our clients wrote since then for asked for, so that it is no phantom to later judgements. */
    void adopt(long since) throws Exception {
        seen.addAll(Others.writes(seen, Objects.requireNonNull(view.logs().get("store-0")), since));
    }

    /** Lets it happen under load, with quiet before and after, and judges. */
    void run(Events events) throws Exception {
        try (Workload workload = Workload.start(cluster.gateway(), CLIENTS, Integer.MAX_VALUE)) {
            Load load = new Load(workload);
            load.awaitProgress();
            events.happen(load);
            load.awaitProgress();
            seen.addAll(workload.finish());
        }
        assertThat(HistoryChecker.check(new History(List.copyOf(seen), view.logs())))
                .isEmpty();
    }
}
