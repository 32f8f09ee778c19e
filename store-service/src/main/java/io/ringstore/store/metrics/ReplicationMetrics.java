package io.ringstore.store.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.Refusal;
import io.ringstore.store.replication.ReplicaObserver;
import io.ringstore.store.replication.rest.MessageObserver;
import io.ringstore.store.replication.rest.ReplicationMessage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts and times what happens to this replica, and writes the audit trail (§14). */
@Component
final class ReplicationMetrics implements ReplicaObserver, MessageObserver {

    private static final Logger AUDIT = LoggerFactory.getLogger("io.ringstore.store.audit");
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationMetrics.class);

    private static final String WON = "won";
    private static final String LOST = "lost";
    private static final String WRONG_CONFIG = "wrong-config";
    private static final List<String> CLAIM_RESULTS = List.of(WON, LOST, WRONG_CONFIG);

    private final MeterRegistry meters;
    private final Timer apply;
    private final Timer commit;
    private final DistributionSummary batchSize;
    private final Timer snapshot;
    private final Timer snapshotPause;
    private final Counter installed;
    private final Counter leaderChanges;
    private final Map<ReplicationMessage, Timer> sent = new EnumMap<>(ReplicationMessage.class);
    private final Map<ReplicationMessage, Timer> received = new EnumMap<>(ReplicationMessage.class);

    ReplicationMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.apply = Timer.builder("ringstore.store.apply").register(meters);
        this.commit = Timer.builder("ringstore.store.commit.time")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(meters);
        this.batchSize =
                DistributionSummary.builder("ringstore.store.batch.entries").register(meters);
        this.snapshot = Timer.builder("ringstore.store.snapshot").register(meters);
        this.snapshotPause = Timer.builder("ringstore.store.snapshot.pause").register(meters);
        this.installed = Counter.builder("ringstore.store.snapshot.installed").register(meters);
        this.leaderChanges = Counter.builder("ringstore.store.primary.changes").register(meters);
        for (ReplicationMessage message : ReplicationMessage.values()) {
            sent.put(message, messageTimer("ringstore.store.message.sent", message));
            received.put(message, messageTimer("ringstore.store.message.received", message));
        }
        // There from the start: a rate over a counter that only just appeared misses its first.
        for (Refusal reason : Refusal.values()) {
            refusals(reason);
        }
        CLAIM_RESULTS.forEach(this::claims);
    }

    private Counter refusals(Refusal reason) {
        return meters.counter("ringstore.store.refused", "reason", reason.name());
    }

    private Counter claims(String result) {
        return meters.counter("ringstore.store.claims", "result", result);
    }

    private Timer messageTimer(String name, ReplicationMessage message) {
        return Timer.builder(name).tag("message", message.word()).register(meters);
    }

    @Override
    public void applied(LedgerCommand command, LedgerResult result, long nanos) {
        apply.record(Duration.ofNanos(nanos));
        switch (result) {
            case LedgerResult.BatchApplied(var results, var _, var _, var view) -> {
                batchSize.record(results.size());
                countRefusals(results);
                AUDIT.debug("batch fence={} entries={} storeTime={}", view.fence(), results.size(), view.storeTime());
            }
            case LedgerResult.ClaimWon(long epoch, var view) -> {
                claims(WON).increment();
                AUDIT.info("epoch opened epoch={} command={} storeTime={}", epoch, command, view.storeTime());
            }
            case LedgerResult.ClaimLost _ -> claims(LOST).increment();
            case LedgerResult.WrongConfig _ -> claims(WRONG_CONFIG).increment();
            case LedgerResult.Compacted(long revision, var view) ->
                AUDIT.info("past let go upTo={} storeTime={}", revision, view.storeTime());
            case LedgerResult.Reconfigured(var view) -> AUDIT.info("ring changed config={}", view.config());
        }
    }

    @Override
    public void committed(long nanos) {
        commit.record(Duration.ofNanos(nanos));
    }

    private void countRefusals(List<EntryResult> results) {
        for (EntryResult result : results) {
            if (result instanceof EntryResult.Refused(var reason)) {
                refusals(reason).increment();
            }
        }
    }

    @Override
    public void snapshotTaken(long index, long pauseNanos, long totalNanos) {
        snapshot.record(Duration.ofNanos(totalNanos));
        snapshotPause.record(Duration.ofNanos(pauseNanos));
        LOG.info(
                "snapshot taken index={} pauseMs={} totalMs={}",
                index,
                Duration.ofNanos(pauseNanos).toMillis(),
                Duration.ofNanos(totalNanos).toMillis());
    }

    @Override
    public void snapshotInstalled(long index) {
        installed.increment();
        LOG.info("snapshot installed index={}", index);
    }

    @Override
    public void leaderChanged(RaftPeerId leader) {
        leaderChanges.increment();
        LOG.info("primary is peer={}", leader);
    }

    @Override
    public void sent(ReplicationMessage message, RaftPeerId to, long nanos, boolean answered) {
        timer(sent, message).record(Duration.ofNanos(nanos));
        if (!answered) {
            Counter.builder("ringstore.store.message.unanswered")
                    .tag("message", message.word())
                    .tag("peer", nodeOf(to))
                    .register(meters)
                    .increment();
        }
    }

    @Override
    public void received(ReplicationMessage message, long nanos, int status) {
        timer(received, message).record(Duration.ofNanos(nanos));
        if (status != 200) {
            Counter.builder("ringstore.store.message.refused")
                    .tag("message", message.word())
                    .tag("status", Integer.toString(status))
                    .register(meters)
                    .increment();
        }
    }

    private static Timer timer(Map<ReplicationMessage, Timer> timers, ReplicationMessage message) {
        Timer timer = timers.get(message);
        if (timer == null) {
            throw new IllegalStateException("no timer for " + message);
        }
        return timer;
    }

    /** Without its random suffix a peer id has few values. */
    private static String nodeOf(RaftPeerId peer) {
        String name = peer.toString();
        int dash = name.lastIndexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }
}
