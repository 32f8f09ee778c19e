package io.ringstore.store.web;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.ClaimAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.KeyListing;
import io.ringstore.api.KeyRead;
import io.ringstore.api.KeysQuestion;
import io.ringstore.api.LogPage;
import io.ringstore.api.ReconfigureMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LogRecord;
import io.ringstore.store.replication.Replica;
import io.ringstore.store.replication.Replica.Consistency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** The contract of the store; translates, decides nothing. */
@RestController
final class StoreController implements StoreApi {

    /** P11, and room for what encoding adds. */
    private static final int MAX_BATCH = 5 << 18;

    private static final int MAX_PAGE = 1_000;

    private static final long READS_BYTES = 1 << 20;

    /** A caller that went away is forgotten after so long. */
    private static final long MAX_WAIT_MILLIS = 10_000;

    private final Primary primary;
    private final Replica replica;
    private final StoreStatusReport report;

    StoreController(Primary primary, Replica replica, StoreStatusReport report) {
        this.primary = primary;
        this.replica = replica;
        this.report = report;
    }

    @Override
    public BatchAnswer batch(byte[] batch, @Nullable String via) {
        if (batch.length > MAX_BATCH) {
            throw new TooLargeException("A batch has at most " + MAX_BATCH + " bytes, this one has " + batch.length);
        }
        return primary.execute(new Requests.OfBatch(batch), via);
    }

    @Override
    public ClaimAnswer claim(ClaimMessage claim, @Nullable String via) {
        return primary.execute(new Requests.OfClaim(claim), via);
    }

    @Override
    public StoreViewMessage reconfigure(ReconfigureMessage change, @Nullable String via) {
        return primary.execute(new Requests.OfReconfigure(change), via);
    }

    @Override
    public StoreViewMessage fence() {
        return LedgerMessages.toView(replica.read(new Consistency.Linearizable(), Ledger::view));
    }

    @Override
    public KeyRead read(String key, String consistency, @Nullable Long minRevision, @Nullable Long revision) {
        Consistency wanted = consistency(consistency, minRevision);
        if (revision != null) {
            long applied = replica.read(wanted, Ledger::lastRevision);
            RecordMessage record = positive(revision) > applied
                    ? null
                    : replica.get(key, revision).map(LedgerMessages::toRecord).orElse(null);
            return new KeyRead(record, applied, lag(wanted, applied));
        }
        return replica.read(wanted, ledger -> now(key, wanted, ledger));
    }

    @Override
    public List<KeyRead> reads(KeysQuestion question) {
        Consistency wanted = consistency(question.consistency(), null);
        return replica.read(wanted, ledger -> {
            List<KeyRead> reads = new ArrayList<>();
            for (long bytes = 0; reads.size() < question.keys().size() && bytes < READS_BYTES; ) {
                KeyRead read = now(question.keys().get(reads.size()), wanted, ledger);
                reads.add(read);
                bytes += size(read.record());
            }
            return reads;
        });
    }

    private KeyRead now(String key, Consistency wanted, Ledger ledger) {
        RecordMessage record = ledger.get(key).map(LedgerMessages::toRecord).orElse(null);
        long applied = ledger.lastRevision();
        return new KeyRead(record, applied, lag(wanted, applied));
    }

    private static long size(@Nullable RecordMessage record) {
        return record == null || record.value() == null ? 0 : record.value().length;
    }

    @Override
    public KeyListing list(
            String prefix,
            @Nullable String after,
            int limit,
            boolean values,
            String consistency,
            @Nullable Long minRevision,
            @Nullable Long revision) {
        Consistency wanted = consistency(consistency, minRevision);
        Replica.Listing listing = replica.list(wanted, revision, prefix, after, page(limit), values);
        long applied = replica.read(new Consistency.Local(), Ledger::lastRevision);
        return new KeyListing(
                listing.revision(),
                listing.items().stream().map(LedgerMessages::toItem).toList(),
                listing.next(),
                lag(wanted, applied));
    }

    @Override
    public LogPage log(long from, int limit, String consistency) {
        return logPage(consistency(consistency, null), from, limit);
    }

    @Override
    public LogPage awaitLog(long from, int limit, long waitMillis) {
        Duration patience = Duration.ofMillis(Math.clamp(waitMillis, 0, MAX_WAIT_MILLIS));
        boolean there = replica.awaitRevision(positive(from), patience);
        return logPage(there ? new Consistency.Local() : new Consistency.Linearizable(), from, limit);
    }

    private LogPage logPage(Consistency wanted, long from, int limit) {
        long last = replica.read(wanted, Ledger::lastRevision);
        int count = Math.clamp(last - positive(from) + 1, 0, page(limit));
        List<LogRecord> records = count == 0 ? List.of() : replica.history(new Consistency.Local(), from, count);
        return new LogPage(
                from, last, records.stream().map(LedgerMessages::toRecord).toList());
    }

    @Override
    public WriteResult outcome(String id, @Nullable String principal) {
        return replica.read(
                new Consistency.Linearizable(),
                ledger -> ledger.outcome(id, principal)
                        .map(LedgerMessages::toResult)
                        .orElseThrow(() -> new NoSuchRequestException("No request " + id + " is remembered.")));
    }

    @Override
    public StoreStatus status() {
        return report.now();
    }

    private long lag(Consistency wanted, long applied) {
        return wanted instanceof Consistency.Linearizable ? 0 : Math.max(0, report.newestKnownRevision() - applied);
    }

    private static long positive(long revision) {
        if (revision < 1) {
            throw new IllegalArgumentException("revisions start at 1, not at " + revision);
        }
        return revision;
    }

    private static int page(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive, not " + limit);
        }
        return Math.min(limit, MAX_PAGE);
    }

    private static Consistency consistency(String name, @Nullable Long minRevision) {
        return switch (name) {
            case "linearizable" -> new Consistency.Linearizable();
            case "local" -> new Consistency.Local();
            case "session" -> {
                if (minRevision == null) {
                    throw new IllegalArgumentException("consistency=session needs minRevision");
                }
                yield new Consistency.Session(minRevision);
            }
            default -> throw new IllegalArgumentException("consistency is linearizable, local or session, not " + name);
        };
    }

    /** Beyond the bound of P11. */
    static final class TooLargeException extends RuntimeException {
        TooLargeException(String message) {
            super(message);
        }
    }

    /** Not remembered. */
    static final class NoSuchRequestException extends RuntimeException {
        NoSuchRequestException(String message) {
            super(message);
        }
    }
}
