package io.ringstore.client.lab;

import io.ringstore.api.LogPage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.history.History;
import io.ringstore.history.HistoryChecker;
import io.ringstore.history.Logged;
import io.ringstore.history.Observation;
import io.ringstore.history.Observation.WriteSeen;
import io.ringstore.history.Others;
import io.ringstore.history.Violation;
import io.ringstore.history.Violation.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.client.RestClientException;

/** Holds what the clients of a run saw against the log of every store node. */
final class Judge {

    private static final int PAGE = 500;
    private static final long PAUSE_MILLIS = 200;

    /** Others may write at the same time; more than this of them is not read. */
    private static final int MOST_RECORDS = 3 * WorkloadPlan.MAX_WRITES;

    private final Map<String, StoreApi> stores;
    private final Duration patience;

    /** @param patience how long a store node may take to have everything */
    Judge(Map<String, StoreApi> stores, Duration patience) {
        this.stores = stores;
        this.patience = patience;
    }

    /** The last revision there is, on some node that knows. @throws RestClientException if none does */
    long lastRevision() throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            for (StoreApi store : stores.values()) {
                try {
                    return store.log(Long.MAX_VALUE, 1, "linearizable").last();
                } catch (RestClientException unreachable) {
                    if (System.nanoTime() > deadline) {
                        throw unreachable;
                    }
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /**
     * Judges a run whose clients have all ended.
     *
     * @param run begins the id of each of its requests
     * @param after the last revision before the run
     * @param since a time before it
     */
    Verdict.Finding judge(String run, long after, long since, List<Observation> seen) throws InterruptedException {
        Map<String, List<Logged>> logs = new LinkedHashMap<>();
        List<Long> stamps = new ArrayList<>();
        try {
            long last = lastRevision();
            if (last - after > MOST_RECORDS) {
                return unjudged("Others wrote more than " + MOST_RECORDS + " records meanwhile.");
            }
            for (Map.Entry<String, StoreApi> store : stores.entrySet()) {
                if (!awaitRevision(store.getValue(), last)) {
                    return unjudged(store.getKey() + " does not have revision " + last + " after "
                            + patience.toSeconds() + " s.");
                }
                boolean first = logs.isEmpty();
                logs.put(store.getKey(), read(store.getValue(), run, after, last, first ? stamps : new ArrayList<>()));
            }
        } catch (RestClientException unreadable) {
            return unjudged("The log could not be read: " + unreadable.getMessage());
        }
        List<Observation> all = new ArrayList<>(seen);
        all.addAll(Others.writes(seen, logs.values().iterator().next(), since));
        List<Violation> violations = HistoryChecker.check(new History(all, logs, after));
        return new Verdict.Finding(violations, Fairness.of(stamps, shares(seen)));
    }

    /** What cannot be looked at is not good. */
    private static Verdict.Finding unjudged(String why) {
        return new Verdict.Finding(List.of(new Violation(Promise.SAME_EVERYWHERE, why)), Fairness.UNKNOWN);
    }

    private boolean awaitRevision(StoreApi store, long revision) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (store.status().revision() >= revision) {
                    return true;
                }
            } catch (RestClientException unreachable) {
                // it may be starting
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    private static List<Logged> read(StoreApi store, String run, long after, long last, List<Long> stamps) {
        List<Logged> log = new ArrayList<>();
        long next = after + 1;
        while (next <= last) {
            LogPage page = store.log(next, PAGE, "local");
            if (page.records().isEmpty()) {
                break;
            }
            for (RecordMessage record : page.records()) {
                if (record.revision() <= last) {
                    boolean ours = record.requestId().startsWith(run);
                    log.add(logged(record, ours));
                    if (ours) {
                        stamps.add(record.timestamp());
                    }
                }
            }
            next = page.records().getLast().revision() + 1;
        }
        return log;
    }

    /** What others write may stand twice, and need not be kept: it is only told apart. */
    private static Logged logged(RecordMessage record, boolean ours) {
        OriginMessage origin = record.origin();
        byte[] value = record.value();
        return new Logged(
                record.revision(),
                record.requestId(),
                record.key(),
                ours && value != null
                        ? new String(value, StandardCharsets.UTF_8)
                        : record.op() + " " + record.requestId() + " " + record.key(),
                new Fence(origin.fence().epoch(), origin.fence().hop()),
                new NodeId(origin.sync()));
    }

    private static List<Fairness.Share> shares(List<Observation> seen) {
        Map<String, List<Double>> waits = new TreeMap<>();
        for (Observation one : seen) {
            if (one instanceof WriteSeen write && write.completedAt() != Observation.NEVER) {
                String[] parts = write.requestId().split("-", -1);
                waits.computeIfAbsent(parts[parts.length - 2].toUpperCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add((write.completedAt() - write.invokedAt()) / 1e6);
            }
        }
        List<Fairness.Share> shares = new ArrayList<>();
        waits.forEach((client, millis) -> shares.add(new Fairness.Share(
                client,
                millis.size(),
                millis.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                millis.stream().mapToDouble(Double::doubleValue).max().orElse(0))));
        return shares;
    }
}
