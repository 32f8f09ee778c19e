package io.ringstore.store.replication;

import io.ringstore.ledger.Ledger;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LogRecord;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import io.ringstore.store.history.History;
import io.ringstore.store.history.LetGoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What keys held as of one revision: the newest record of each key, and from there back through the history.
 *
 * <p>Nothing is locked while the disk is read. Writes that come meanwhile are newer than the revision and do not matter;
 * if the revision itself is let go meanwhile, there is no answer.
 */
final class Past {

    /** Keys that are looked at for one page, so that a page costs no more where most keys are deleted. */
    private static final int MAX_LOOKED_AT = 5_000;

    private static final int CHUNK = 250;

    private final LedgerReplica replica;
    private final History history;
    private final long revision;

    Past(LedgerReplica replica, History history, long revision) {
        this.replica = replica;
        this.history = history;
        this.revision = revision;
    }

    /** The put that a key's value came from at the revision; null if the key did not exist. */
    @Nullable
    LogRecord get(String key) throws IOException {
        try {
            LogRecord newest = ask(ledger -> ledger.newest(key).orElse(null));
            LogRecord found = newest == null ? null : asOf(newest);
            requireKept();
            return found;
        } catch (LetGoException e) {
            throw letGo(e);
        }
    }

    /** Keys with a prefix, after a key if one is given, until there are {@code limit} of them or {@code maxBytes}. */
    Replica.Listing list(String prefix, @Nullable String after, int limit, boolean values, long maxBytes)
            throws IOException {
        var page = new Page(limit, values, maxBytes);
        try {
            String next = fill(page, prefix, after);
            requireKept();
            return new Replica.Listing(revision, page.items, next);
        } catch (LetGoException e) {
            throw letGo(e);
        }
    }

    /** @return the key after which the next page starts; null if there is none */
    private @Nullable String fill(Page page, String prefix, @Nullable String after) throws IOException {
        String last = after;
        for (int lookedAt = 0; lookedAt < MAX_LOOKED_AT; lookedAt += CHUNK) {
            String from = last;
            List<LogRecord> chunk = ask(ledger -> ledger.newest(prefix, from, CHUNK));
            for (LogRecord newest : chunk) {
                LogRecord record = asOf(newest);
                if (record != null && !page.add(record)) {
                    return last;
                }
                last = newest.change().key();
            }
            if (chunk.size() < CHUNK) {
                return null;
            }
        }
        return last;
    }

    /** What is found, until it is full. Values that nobody asked for are dropped at once. */
    private static final class Page {
        private final List<Replica.Item> items = new ArrayList<>();
        private final int limit;
        private final boolean values;
        private final long maxBytes;
        private long bytes;

        Page(int limit, boolean values, long maxBytes) {
            this.limit = limit;
            this.values = values;
            this.maxBytes = maxBytes;
        }

        /** Takes one more, if there is room; there is always room for one. */
        boolean add(LogRecord record) {
            Write write = record.entry().write();
            if (!(record.change() instanceof Operation.Put(String key, Value value, var _))) {
                throw new IllegalArgumentException("only what was put is listed");
            }
            long weight = values ? write.weight() : write.weight() - value.size();
            if (items.size() == limit || (!items.isEmpty() && bytes + weight > maxBytes)) {
                return false;
            }
            bytes += weight;
            items.add(new Replica.Item(
                    key, record.revision(), value.size(), value.contentType(), values ? value.bytes() : null));
            return true;
        }
    }

    private @Nullable LogRecord asOf(LogRecord newest) throws IOException {
        LogRecord record = newest;
        if (newest.revision() > revision) {
            byte[] bytes = history.asOf(newest.place(), revision);
            if (bytes == null) {
                return null;
            }
            record = LedgerCodec.decodeRecord(bytes);
        }
        return record.change() instanceof Operation.Put ? record : null;
    }

    private <T extends @Nullable Object> T ask(Function<Ledger, T> question) {
        return replica.read(question);
    }

    /** Deletions may have been let go while they were looked for. */
    private void requireKept() {
        long compacted = replica.read(Ledger::compacted);
        if (revision < compacted) {
            throw new CompactedException(compacted);
        }
    }

    private CompactedException letGo(LetGoException cause) {
        var compacted = new CompactedException(replica.read(Ledger::compacted));
        compacted.initCause(cause);
        return compacted;
    }
}
