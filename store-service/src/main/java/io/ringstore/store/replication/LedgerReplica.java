package io.ringstore.store.replication;

import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerLimits;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Stamp;
import io.ringstore.store.history.History;
import io.ringstore.store.history.HistoryPosition;
import io.ringstore.store.history.LetGoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of the ledger and its history.
 *
 * <p>One thread applies; any thread reads. While a snapshot of another node is being installed there is nothing to read.
 */
final class LedgerReplica {

    private final Path historyDirectory;
    private final long historySegmentBytes;
    private final LedgerLimits limits;
    private final StateHashes hashes = new StateHashes();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Condition applied = lock.writeLock().newCondition();
    private @Nullable State state;
    private long appliedIndex;
    private volatile long weight;

    /** What is there while the replica is open. */
    private record State(Ledger ledger, History history) {}

    LedgerReplica(Path historyDirectory, long historySegmentBytes, LedgerLimits limits) {
        this.historyDirectory = historyDirectory;
        this.historySegmentBytes = historySegmentBytes;
        this.limits = limits;
    }

    /** Begins where a snapshot left off, or at the start of everything. */
    void open(@Nullable SnapshotImage image) throws IOException {
        HistoryPosition position = image == null ? HistoryPosition.START : image.history();
        Ledger ledger = image == null ? new Ledger(limits) : Ledger.restore(image.ledger(), limits);
        History history =
                History.open(historyDirectory, historySegmentBytes, position, image == null ? 0 : image.letGo());
        lock.writeLock().lock();
        try {
            state = new State(ledger, history);
            appliedIndex = image == null ? -1 : image.index();
            weight = ledger.weight();
            hashes.clear();
            applied.signalAll();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Lets go of the files, because they are about to be replaced or the node stops. */
    void close() throws IOException {
        lock.writeLock().lock();
        try {
            if (state != null) {
                state.history().close();
                state = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Applies one command.
     *
     * @return null if the replica is closed: what is applied now is about to be replaced by a snapshot
     */
    @Nullable
    LedgerResult apply(long index, Stamp stamp, LedgerCommand command) throws IOException {
        lock.writeLock().lock();
        try {
            if (state == null) {
                return null;
            }
            LedgerResult result = state.ledger().apply(stamp, command);
            if (result instanceof LedgerResult.BatchApplied batch) {
                keep(state.history(), batch);
            }
            hashes.note(index, state.ledger().stateHash());
            appliedIndex = index;
            weight = state.ledger().weight();
            applied.signalAll();
            return result;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void keep(History history, LedgerResult.BatchApplied batch) throws IOException {
        List<History.Unit> units = new ArrayList<>();
        for (int i = 0; i < batch.appended().size(); i++) {
            LogRecord record = batch.appended().get(i);
            units.add(unit(record, batch.replaced().get(i)));
            boolean last = i + 1 == batch.appended().size()
                    || batch.appended().get(i + 1).revision() != record.revision();
            if (last) {
                history.append(record.revision(), units);
                units.clear();
            }
        }
        history.publish();
    }

    private static History.Unit unit(LogRecord record, @Nullable LogRecord before) {
        byte[] encoded = LedgerCodec.encode(record);
        return before == null
                ? History.Unit.first(encoded)
                : new History.Unit(encoded, before.place().packed(), () -> LedgerCodec.encode(before));
    }

    /** Notes an entry of Raft's own, which changes nothing here. */
    void pass(long index) {
        lock.writeLock().lock();
        try {
            if (state != null) {
                hashes.note(index, state.ledger().stateHash());
                appliedIndex = index;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * A picture for a snapshot, taken by the applying thread between two commands; null if the replica is closed.
     *
     * <p>Taking one changes the ledger: it copies from then on what it shares with the picture.
     */
    @Nullable
    SnapshotImage picture(TermIndex at) {
        lock.writeLock().lock();
        try {
            return state == null ? null : image(state, at.getTerm(), at.getIndex());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * A picture for a backup, taken between two commands; the term means nothing in it.
     *
     * @throws Replica.UnavailableException while a snapshot of another node is being installed
     */
    SnapshotImage picture() {
        lock.writeLock().lock();
        try {
            return image(open(), 0, appliedIndex);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static SnapshotImage image(State state, long term, long index) {
        return new SnapshotImage(
                term, index, state.history().position(), state.ledger().snapshot());
    }

    /**
     * Reads the ledger between two commands.
     *
     * @throws Replica.UnavailableException while a snapshot of another node is being installed
     */
    <T extends @Nullable Object> T read(Function<Ledger, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(open().ledger());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Reads records of the history, decoded, from {@code revision} on.
     *
     * @throws CompactedException if that revision is not kept any more
     */
    List<LogRecord> history(long revision, int limit, long maxBytes) throws IOException {
        requireKept(revision - 1);
        try {
            return openHistory().read(revision, limit, maxBytes).stream()
                    .map(LedgerCodec::decodeRecord)
                    .toList();
        } catch (LetGoException e) {
            var compacted = new CompactedException(read(Ledger::compacted));
            compacted.initCause(e);
            throw compacted;
        }
    }

    /**
     * What keys held as of a revision that this replica has.
     *
     * @throws CompactedException if that is not kept any more
     */
    Past past(long revision) {
        requireKept(revision);
        return new Past(this, openHistory(), revision);
    }

    private void requireKept(long revision) {
        long compacted = read(Ledger::compacted);
        if (revision < compacted) {
            throw new CompactedException(compacted);
        }
    }

    private History openHistory() {
        lock.readLock().lock();
        try {
            return open().history();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** How much of the past there is. */
    Retention.Kept kept() {
        History history = openHistory();
        long compacted = read(Ledger::compacted);
        long last = read(Ledger::lastRevision);
        return new Retention.Kept() {
            @Override
            public long compacted() {
                return compacted;
            }

            @Override
            public long lastRevision() {
                return last;
            }

            @Override
            public long storedAt(long revision) throws IOException {
                return LedgerCodec.decodeRecord(history.read(revision, 1, 1).getFirst())
                        .origin()
                        .storedAt();
            }

            @Override
            public long lastBeyond(long bytes) {
                return history.lastBeyond(bytes);
            }
        };
    }

    /** Deletes history that a snapshot, now on disk, lets go. */
    void letHistoryGo(SnapshotImage image) throws IOException {
        openHistory().letGo(image.letGo());
    }

    /** Flushes the history; what was applied before the call survives a power cut. */
    void forceHistory() throws IOException {
        History history;
        lock.readLock().lock();
        try {
            history = state == null ? null : state.history();
        } finally {
            lock.readLock().unlock();
        }
        if (history != null) {
            history.force();
        }
    }

    List<Path> historyFiles() {
        lock.readLock().lock();
        try {
            return state == null ? List.of() : state.history().files();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits until the log has this revision. @return whether it has */
    boolean awaitRevision(long revision, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.writeLock().lock();
        try {
            while (state == null || state.ledger().lastRevision() < revision) {
                if (left <= 0) {
                    return false;
                }
                left = applied.awaitNanos(left);
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What all is that needs room after the entry that was applied last, by {@link Ledger#weight()}; waits for nobody. */
    long weight() {
        return weight;
    }

    ReplicaStatus.AppliedState appliedState() {
        return read(ledger -> new ReplicaStatus.AppliedState(
                appliedIndex,
                ledger.lastRevision(),
                ledger.stateHash(),
                ledger.view().storeTime(),
                ledger.compacted(),
                open().history().bytes()));
    }

    /** The state's hash after some of the indexes applied last. */
    Map<Long, Long> stateHashes() {
        return hashes.all();
    }

    private State open() {
        if (state == null) {
            throw new Replica.UnavailableException("this replica is being filled from another one");
        }
        return state;
    }
}
