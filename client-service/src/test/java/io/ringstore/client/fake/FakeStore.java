package io.ringstore.client.fake;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.ClaimAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.KeyItem;
import io.ringstore.api.KeyListing;
import io.ringstore.api.KeyRead;
import io.ringstore.api.KeysQuestion;
import io.ringstore.api.LogPage;
import io.ringstore.api.ReconfigureMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreStatus;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.TxnOutcome;
import io.ringstore.ledger.TxnOutcome.StepResult;
import io.ringstore.ledger.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;

/** A store in memory that takes every write it is given, once for each request id. */
public final class FakeStore implements StoreApi {

    private final List<RecordMessage> log = new ArrayList<>();
    private final Map<String, RecordMessage> keys = new ConcurrentHashMap<>();
    private final Map<String, WriteResult> requests = new ConcurrentHashMap<>();
    private final Map<String, String> principals = new ConcurrentHashMap<>();
    private volatile @Nullable RuntimeException failure;
    private volatile long compacted;
    private final AtomicInteger awaited = new AtomicInteger();

    public void failsWith(@Nullable RuntimeException newFailure) {
        failure = newFailure;
    }

    /** As a sync node would have it written. */
    public synchronized List<WriteResult> commit(List<WriteMessage> writes) {
        return writes.stream().map(this::commit).toList();
    }

    private WriteResult commit(WriteMessage write) {
        WriteResult known = requests.get(write.requestId());
        if (known != null) {
            return new WriteResult(
                    known.status(), known.revision(), known.created(), true, known.origin(), known.outcome(), null);
        }
        if (write.principal() != null) {
            principals.put(write.requestId(), write.principal());
        }
        if (write.op().equals("txn")) {
            return transact(write);
        }
        RecordMessage current = keys.get(write.key());
        boolean created = current == null;
        boolean wrongRevision =
                write.ifRevision() != null && (current == null || current.revision() != write.ifRevision());
        boolean wrongExistence = write.ifExists() != null && write.ifExists() == created;
        if (wrongRevision || wrongExistence) {
            long revision = current == null ? 0 : current.revision();
            return new WriteResult(WriteResult.Status.PRECONDITION_FAILED, revision, false, false, null);
        }
        if (created && write.op().equals("delete")) {
            return WriteResult.of(WriteResult.Status.NO_SUCH_KEY);
        }
        long revision = log.size() + 1L;
        RecordMessage record = new RecordMessage(
                revision,
                write.op(),
                write.key(),
                write.value(),
                write.contentType(),
                write.requestId(),
                write.client(),
                write.clientTimestamp(),
                write.principal(),
                revision,
                Results.ORIGIN);
        log.add(record);
        notifyAll();
        if (write.op().equals("put")) {
            keys.put(write.key(), record);
        } else {
            keys.remove(write.key());
        }
        WriteResult result = new WriteResult(WriteResult.Status.COMMITTED, revision, created, false, Results.ORIGIN)
                .withStoreMicros(1_500);
        requests.put(write.requestId(), result);
        return result;
    }

    /** Does nothing, but says that every key is there. */
    private WriteResult transact(WriteMessage write) {
        Txn txn = LedgerCodec.decodeTxn(Objects.requireNonNull(write.value()));
        List<StepResult> steps = txn.then().stream().map(FakeStore::result).toList();
        WriteResult result =
                WriteResult.transacted(44, LedgerCodec.encode(new TxnOutcome(true, steps)), false, Results.ORIGIN);
        requests.put(write.requestId(), result);
        return result;
    }

    private static StepResult result(Step step) {
        return switch (step) {
            case Step.Put _ -> new StepResult.Written();
            case Step.Delete _ -> new StepResult.Missing();
            case Step.Get(String key) ->
                new StepResult.Found(7, new Value(key.getBytes(StandardCharsets.ISO_8859_1), "text/plain"));
        };
    }

    private void failIfTold() {
        RuntimeException told = failure;
        if (told != null) {
            throw told;
        }
    }

    /** Lets the past go. */
    public void compactTo(long revision) {
        compacted = revision;
    }

    private void requireKept(long revision) {
        if (revision < compacted) {
            byte[] problem = ("{\"compactedRevision\":" + compacted + "}").getBytes(StandardCharsets.UTF_8);
            throw HttpClientErrorException.create(
                    HttpStatus.GONE, "compacted", new HttpHeaders(), problem, StandardCharsets.UTF_8);
        }
    }

    /** What each key held at a revision. */
    private NavigableMap<String, RecordMessage> asOf(long revision) {
        requireKept(revision);
        NavigableMap<String, RecordMessage> state = new TreeMap<>();
        for (RecordMessage record : log.subList(0, (int) revision)) {
            if (record.op().equals("put")) {
                state.put(record.key(), record);
            } else {
                state.remove(record.key());
            }
        }
        return state;
    }

    @Override
    public List<KeyRead> reads(KeysQuestion question) {
        return question.keys().stream()
                .map(key -> read(key, question.consistency(), null, null))
                .toList();
    }

    @Override
    public synchronized KeyRead read(
            String key, String consistency, @Nullable Long minRevision, @Nullable Long revision) {
        failIfTold();
        if (revision == null || revision > log.size()) {
            return new KeyRead(revision == null ? keys.get(key) : null, log.size(), 0);
        }
        return new KeyRead(asOf(revision).get(key), log.size(), 0);
    }

    @Override
    public synchronized LogPage log(long from, int limit, String consistency) {
        failIfTold();
        requireKept(from - 1);
        return new LogPage(
                from, log.size(), log.stream().skip(from - 1).limit(limit).toList());
    }

    @Override
    public synchronized LogPage awaitLog(long from, int limit, long waitMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        awaited.incrementAndGet();
        while (log.size() < from && System.nanoTime() < deadline) {
            failIfTold();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        return log(from, limit, "local");
    }

    /** How often the log was asked for what comes next. */
    public int awaited() {
        return awaited.get();
    }

    /** The revision of the latest write. */
    public synchronized long last() {
        return log.size();
    }

    @Override
    public WriteResult outcome(String id, @Nullable String principal) {
        failIfTold();
        WriteResult known = requests.get(id);
        if (known == null || (principal != null && !principal.equals(principals.get(id)))) {
            throw HttpClientErrorException.create(
                    HttpStatus.NOT_FOUND, "unknown", new HttpHeaders(), new byte[0], StandardCharsets.UTF_8);
        }
        return known;
    }

    @Override
    public StoreStatus status() {
        failIfTold();
        return new StoreStatus("store-0", "PRIMARY", "store-0", 3, 42, 42, Math.max(42, last()), "9f2c", 0, 0);
    }

    @Override
    public StoreViewMessage fence() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized KeyListing list(
            String prefix,
            @Nullable String after,
            int limit,
            boolean values,
            String consistency,
            @Nullable Long minRevision,
            @Nullable Long revision) {
        failIfTold();
        long asked = revision == null ? log.size() : revision;
        List<RecordMessage> following = asOf(asked).values().stream()
                .filter(record -> record.key().startsWith(prefix))
                .filter(record -> after == null || record.key().compareTo(after) > 0)
                .toList();
        List<KeyItem> items = following.stream()
                .limit(limit)
                .map(record -> item(record, values))
                .toList();
        return new KeyListing(
                asked, items, following.size() > limit ? items.getLast().key() : null, 0);
    }

    private static KeyItem item(RecordMessage record, boolean values) {
        byte[] value = Objects.requireNonNull(record.value());
        return new KeyItem(record.key(), record.revision(), value.length, record.contentType(), values ? value : null);
    }

    @Override
    public BatchAnswer batch(byte[] batch, @Nullable String via) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClaimAnswer claim(ClaimMessage claim, @Nullable String via) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreViewMessage reconfigure(ReconfigureMessage change, @Nullable String via) {
        throw new UnsupportedOperationException();
    }
}
