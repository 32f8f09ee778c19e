package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.NoSuchKey;
import io.ringstore.ledger.EntryResult.PreconditionFailed;
import io.ringstore.ledger.EntryResult.Refused;
import io.ringstore.ledger.EntryResult.Transacted;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerCommand.Compact;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.LedgerResult.ClaimLost;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.ledger.LedgerResult.Compacted;
import io.ringstore.ledger.LedgerResult.Reconfigured;
import io.ringstore.ledger.LedgerResult.WrongConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of the store (ring-protocol.md §8): fences, claims, exactly-once, and the key view.
 *
 * <p>Its history is not kept here: each result carries the records it appended, and whoever runs the ledger keeps them.
 * Nothing here is safe for use by several threads; whoever runs it sees to that.
 */
public final class Ledger {

    private final RequestIds requestIds;
    private final KeyView keys = new KeyView();
    private final Origins origins = new Origins();
    private final PayloadHash.Maker payloads = new PayloadHash.Maker();
    private final StateHash stateHash;

    private Fence fence;
    private @Nullable String owner;
    private RingConfig config;
    private long storeTime;
    private long lastRevision;
    private long compacted;

    public Ledger(LedgerLimits limits) {
        this(
                new LedgerSnapshot(
                        Fence.NONE, null, RingConfig.notInstalled(), 0, 0, 0, 0, List.of(), RememberedRequests.NONE),
                limits);
    }

    private Ledger(LedgerSnapshot snapshot, LedgerLimits limits) {
        requestIds = new RequestIds(limits, snapshot.requestIds());
        snapshot.keys().forEach(keys::apply);
        stateHash = new StateHash(snapshot.stateHash());
        fence = snapshot.fence();
        owner = snapshot.owner();
        config = snapshot.config();
        storeTime = snapshot.storeTime();
        lastRevision = snapshot.lastRevision();
        compacted = snapshot.compacted();
    }

    /** A ledger that goes on where the snapshot was taken, as if it had never stopped. */
    public static Ledger restore(LedgerSnapshot snapshot, LedgerLimits limits) {
        return new Ledger(snapshot, limits);
    }

    /** A picture of the present state that later commands do not change. */
    public LedgerSnapshot snapshot() {
        return new LedgerSnapshot(
                fence,
                owner,
                config,
                storeTime,
                lastRevision,
                compacted,
                stateHash.value(),
                keys.picture(),
                requestIds.picture());
    }

    /** Applies one command of the replicated log; equal commands in equal order lead to equal states everywhere. */
    public LedgerResult apply(Stamp stamp, LedgerCommand command) {
        storeTime = Math.max(storeTime, stamp.millis());
        requestIds.forgetExpired(storeTime);
        LedgerResult result = switch (command) {
            case Batch batch -> append(stamp, batch);
            case Claim claim -> claim(claim);
            case Reconfigure change -> reconfigure(change);
            case Compact(long upTo) -> compact(upTo);
        };
        stateHash
                .add(fence.epoch())
                .add(fence.hop())
                .add(config.id())
                .add(storeTime)
                .add(lastRevision);
        return result;
    }

    private LedgerResult append(Stamp stamp, Batch batch) {
        Refusal refusal = refusal(batch);
        if (refusal == null) {
            fence = batch.fence();
        }
        Origin origin = origins.of(batch, config, storeTime, stamp);
        List<EntryResult> results = new ArrayList<>(batch.entries().size());
        Appended appended = new Appended(batch.entries().size(), stamp.room());
        for (Entry entry : batch.entries()) {
            results.add(decide(entry, refusal, origin, appended));
        }
        return new BatchApplied(results, appended.records(), appended.replaced(), view());
    }

    /** Why nothing new of this batch may be applied, or null. */
    private @Nullable Refusal refusal(Batch batch) {
        boolean inPlace = batch.config() == config.id()
                && config.contains(batch.node())
                && batch.fence().hop() >= 0
                && config.holderOf(batch.fence().hop()).equals(batch.node());
        if (!inPlace) {
            return Refusal.MISPLACED;
        }
        if (batch.fence().epoch() > fence.epoch()) {
            return Refusal.UNKNOWN_EPOCH;
        }
        return batch.fence().isNewerThan(fence) ? null : Refusal.FENCED; // rule R2
    }

    private EntryResult decide(Entry entry, @Nullable Refusal ofBatch, Origin origin, Appended appended) {
        RequestId requestId = RequestId.of(entry.write().requestId());
        PayloadHash payload = payloads.of(entry.write().operation());
        RememberedRequest known = requestIds.find(requestId);
        if (known != null) { // rule R3: before the fence is looked at
            return known.isOf(entry.write(), payload) ? again(known.result()) : new Refused(Refusal.KEY_REUSED);
        }
        Refusal refusal = requestIds.isExpired(requestId, storeTime) // even then: it may be in the log, but forgotten
                ? Refusal.KEY_EXPIRED
                : ofBatch != null ? ofBatch : requestIds.refusal(requestId, storeTime, appended.room() - keys.weight());
        if (refusal != null) {
            return new Refused(refusal);
        }
        EntryResult result = switch (entry.write().operation()) {
            case Operation.Change change -> write(change, entry, origin, appended);
            case Txn txn -> transact(txn, entry, origin, appended);
        };
        if (result instanceof Refused) {
            return result;
        }
        requestIds.remember(requestId, entry.write().principal(), payload, result, storeTime);
        stateHash.add(entry.write().requestId()).add(payload).add(entry.timestamp());
        if (entry.write().principal() != null) {
            stateHash.add(entry.write().principal());
        }
        return result;
    }

    private static EntryResult again(EntryResult first) {
        return switch (first) {
            case Committed(long revision, boolean created, boolean _, Origin origin) ->
                new Committed(revision, created, true, origin);
            case Transacted(long revision, TxnOutcome outcome, boolean _, Origin origin) ->
                new Transacted(revision, outcome, true, origin);
            case PreconditionFailed _, NoSuchKey _, Refused _ -> first;
        };
    }

    private EntryResult write(Operation.Change change, Entry entry, Origin origin, Appended appended) {
        LogRecord current = keys.get(change.key());
        if (!change.precondition().holds(current)) {
            return new PreconditionFailed(current == null ? 0 : current.revision());
        }
        if (current == null && change instanceof Operation.Delete) {
            return new NoSuchKey();
        }
        LogRecord record = new LogRecord(new Place(lastRevision + 1, 0), entry, origin);
        Refusal noRoom = noRoom(List.of(record), appended.room());
        if (noRoom != null) {
            return new Refused(noRoom);
        }
        lastRevision++;
        append(record, appended);
        return new Committed(lastRevision, current == null, false, origin);
    }

    /** One revision for all that is written; none is used if nothing is (decision 6). */
    private EntryResult transact(Txn txn, Entry entry, Origin origin, Appended appended) {
        Transaction transaction = Transaction.decide(txn, keys);
        if (transaction.read() > Txn.MAX_READ) {
            return new Refused(Refusal.READS_TOO_MUCH);
        }
        if (!appended.hasRoomToRead(transaction.read()) || !requestIds.hasRoomFor(transaction.outcome())) {
            return new Refused(Refusal.BUSY);
        }
        List<LogRecord> records = transaction.records(lastRevision + 1, entry, origin);
        Refusal noRoom = noRoom(records, appended.room());
        if (noRoom != null) {
            return new Refused(noRoom);
        }
        appended.countRead(transaction.read());
        lastRevision += records.isEmpty() ? 0 : 1;
        records.forEach(record -> append(record, appended));
        return new Transacted(lastRevision, transaction.outcome(), false, origin);
    }

    /** Request ids take room only until they are forgotten: whoever is refused because of them may try again. */
    private @Nullable Refusal noRoom(List<LogRecord> records, long room) {
        if (!keys.hasRoomFor(records, room)) {
            return Refusal.FULL;
        }
        return keys.hasRoomFor(records, room - requestIds.weightWithOneMore()) ? null : Refusal.BUSY;
    }

    private void append(LogRecord record, Appended appended) {
        appended.add(record, keys.newest(record.change().key()));
        keys.apply(record);
    }

    private LedgerResult claim(Claim claim) {
        if (claim.claimId().equals(owner)) {
            return new ClaimWon(fence.epoch(), view()); // asked again: the first answer was lost
        }
        if (!matches(claim)) {
            return new WrongConfig(view());
        }
        boolean expected = claim.expectEpoch() == fence.epoch()
                && (claim.expectHop().isEmpty() || claim.expectHop().getAsLong() == fence.hop());
        if (!expected) {
            return new ClaimLost(view());
        }
        if (!config.isInstalled()) {
            config = config.next(claim.config().nodes());
        }
        openEpoch(claim.claimId());
        return new ClaimWon(fence.epoch(), view());
    }

    /** Whether the claimant has the store's ring in mind, or the store has none yet and the claimant knows one. */
    private boolean matches(Claim claim) {
        RingConfig theirs = claim.config();
        boolean sameId = theirs.id() == config.id() || theirs.id() == RingConfig.NOT_INSTALLED;
        boolean sameNodes = !config.isInstalled() || theirs.nodes().equals(config.nodes());
        return sameId && sameNodes && theirs.contains(claim.node());
    }

    private LedgerResult reconfigure(Reconfigure change) {
        if (change.expectConfig() != config.id()) {
            return new WrongConfig(view());
        }
        config = config.next(change.nodes());
        openEpoch(null);
        return new Reconfigured(view());
    }

    /** Never goes back, and never beyond what there is; all replicas let go of the same (decision 5). */
    private LedgerResult compact(long upTo) {
        compacted = Math.max(compacted, Math.min(upTo, lastRevision));
        keys.forgetDeletions(compacted);
        stateHash.add(compacted);
        return new Compacted(compacted, view());
    }

    private void openEpoch(@Nullable String claimId) {
        fence = new Fence(fence.epoch() + 1, Fence.NO_HOP);
        owner = claimId;
        stateHash.add(claimId == null ? "" : claimId);
    }

    public StoreView view() {
        return new StoreView(fence, config, storeTime);
    }

    /** The greatest revision in the log; 0 if it is empty. */
    public long lastRevision() {
        return lastRevision;
    }

    /** Log records up to this revision are let go; what keys held can be told as of it and later. */
    public long compacted() {
        return compacted;
    }

    /** Equal on replicas that have applied the same commands (invariant S11). */
    public long stateHash() {
        return stateHash.value();
    }

    /** The record that put what the key holds now. */
    public Optional<LogRecord> get(String key) {
        return Optional.ofNullable(keys.get(key));
    }

    /** The newest record of a key, be it a deletion; empty if there never was one, or it was let go. */
    public Optional<LogRecord> newest(String key) {
        return Optional.ofNullable(keys.newest(key));
    }

    /** The newest records of the first {@code limit} keys with a prefix, after a key if one is given. */
    public List<LogRecord> newest(String prefix, @Nullable String after, int limit) {
        return keys.newest(prefix, after, limit);
    }

    /**
     * What became of a request, while its id is remembered.
     *
     * @param principal whose request it must be; null for anybody's
     */
    public Optional<EntryResult> outcome(String requestId, @Nullable String principal) {
        return Optional.ofNullable(requestIds.find(RequestId.of(requestId)))
                .filter(known -> principal == null || principal.equals(known.principal()))
                .map(RememberedRequest::result);
    }

    public int liveKeys() {
        return keys.size();
    }

    /** How much of what {@link Stamp#room} says the keys take, and request ids beyond those that have room of their own. */
    public long weight() {
        return keys.weight() + requestIds.weight();
    }

    public int rememberedRequestIds() {
        return requestIds.size();
    }
}
