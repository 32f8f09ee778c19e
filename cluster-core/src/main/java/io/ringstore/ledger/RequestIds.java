package io.ringstore.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The request ids that were decided, with their results, until they are too old to come again (§8.4). */
final class RequestIds {

    /** Bytes of a heap that one takes. */
    private static final long WEIGHT = 140;

    private final LedgerLimits limits;
    private final Map<RequestId, Remembered> byId = new HashMap<>();

    /** In the order in which they were decided, which is that of their expiry. */
    private final BlockQueue<Remembered> byExpiry = new BlockQueue<>();

    private long latestExpiry;

    /** Of what transactions did, over all that is remembered. */
    private long outcomeBytes;

    RequestIds(LedgerLimits limits) {
        this.limits = limits;
    }

    /**
     * One decided request.
     *
     * @param principal who asked, as far as that was known
     * @param expiresAt store time until which it is remembered, epoch milliseconds
     */
    record Remembered(
            RequestId id, @Nullable String principal, PayloadHash payload, EntryResult result, long expiresAt) {

        /** Whether a write under its id is the same request: the same principal asks for the same. */
        boolean isOf(Write write, PayloadHash asked) {
            return payload.equals(asked) && Objects.equals(principal, write.principal());
        }
    }

    @Nullable
    Remembered find(RequestId id) {
        return byId.get(id);
    }

    /** Whether an id is so old that it may have been forgotten, so that nobody can say any more what became of it. */
    boolean isExpired(RequestId id, long storeTime) {
        OptionalLong made = id.madeAt();
        return made.isPresent()
                && made.getAsLong() < storeTime - limits.window().toMillis();
    }

    /**
     * Why a request with a new id that has not expired may not be applied at this time, or null if it may.
     *
     * @param room what the keys leave, in bytes
     */
    @Nullable
    Refusal refusal(RequestId id, long storeTime, long room) {
        OptionalLong made = id.madeAt();
        if (made.isPresent()
                && made.getAsLong() > storeTime + limits.futureTolerance().toMillis()) {
            return Refusal.KEY_FROM_FUTURE;
        }
        boolean fits = byId.size() < limits.requestIds() || weightWithOneMore() <= room;
        return fits && byId.size() < limits.maxRequestIds() ? null : Refusal.BUSY;
    }

    /** What there is beyond those that are remembered in any case takes room that keys could have. */
    long weight() {
        return weight(byId.size());
    }

    long weightWithOneMore() {
        return weight(byId.size() + 1);
    }

    private long weight(int ids) {
        return Math.max(0, ids - limits.requestIds()) * WEIGHT;
    }

    /** Whether what a transaction did can be remembered beside all the others. */
    boolean hasRoomFor(TxnOutcome outcome) {
        return outcomeBytes + outcome.weight() <= limits.maxOutcomeBytes();
    }

    private static long outcomeBytes(Remembered remembered) {
        return remembered.result() instanceof EntryResult.Transacted(var _, TxnOutcome outcome, var _, var _)
                ? outcome.weight()
                : 0;
    }

    /** None is forgotten before those decided earlier: one that claims to be made in the future keeps others a little. */
    void remember(RequestId id, @Nullable String principal, PayloadHash payload, EntryResult result, long storeTime) {
        long from = Math.max(id.madeAt().orElse(storeTime), storeTime);
        long expiresAt = Math.max(latestExpiry, from + limits.window().toMillis());
        restore(new Remembered(id, principal, payload, result, expiresAt));
    }

    /** Takes one from a snapshot, in the snapshot's order. */
    void restore(Remembered remembered) {
        latestExpiry = remembered.expiresAt();
        byId.put(remembered.id(), remembered);
        byExpiry.add(remembered);
        outcomeBytes += outcomeBytes(remembered);
    }

    /** Forgets what cannot come again: from now on its id is refused as too old. */
    void forgetExpired(long storeTime) {
        for (Remembered oldest = byExpiry.peek();
                oldest != null && oldest.expiresAt() < storeTime;
                oldest = byExpiry.peek()) {
            byExpiry.remove();
            byId.remove(oldest.id());
            outcomeBytes -= outcomeBytes(oldest);
        }
    }

    int size() {
        return byId.size();
    }

    /** All of them in their order as they are now, whatever becomes of this table. */
    Collection<Remembered> picture() {
        return byExpiry.picture();
    }
}
