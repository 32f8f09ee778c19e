package io.ringstore.ledger;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The request ids that were decided, with their results, until they are too old to come again (§8.4). */
final class RequestIds {

    /** Bytes of a heap that one may take, and more than one without much text does; all builds must reckon the same. */
    private static final long WEIGHT = 140;

    private final LedgerLimits limits;
    private final RequestTable table;

    RequestIds(LedgerLimits limits, RememberedRequests remembered) {
        this.limits = limits;
        this.table = new RequestTable(remembered);
    }

    @Nullable
    RememberedRequest find(RequestId id) {
        return table.find(id);
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
        boolean fits = table.size() < limits.requestIds() || weightWithOneMore() <= room;
        return fits && table.size() < limits.maxRequestIds() ? null : Refusal.BUSY;
    }

    /** What there is beyond those that are remembered in any case takes room that keys could have. */
    long weight() {
        return weight(table.size());
    }

    long weightWithOneMore() {
        return weight(table.size() + 1);
    }

    private long weight(int ids) {
        return Math.max(0, ids - limits.requestIds()) * WEIGHT;
    }

    /** Whether what a transaction did can be remembered beside all the others. */
    boolean hasRoomFor(TxnOutcome outcome) {
        return table.outcomeBytes() + outcome.weight() <= limits.maxOutcomeBytes();
    }

    /** None is forgotten before those decided earlier: one that claims to be made in the future keeps others a little. */
    void remember(RequestId id, @Nullable String principal, PayloadHash payload, EntryResult result, long storeTime) {
        long from = Math.max(id.madeAt().orElse(storeTime), storeTime);
        long expiresAt = from + limits.window().toMillis();
        table.add(new RememberedRequest(id, principal, payload, result, expiresAt));
    }

    /** Forgets what cannot come again: from now on its id is refused as too old. */
    void forgetExpired(long storeTime) {
        table.forgetExpired(storeTime);
    }

    int size() {
        return table.size();
    }

    /** All of them in their order as they are now, whatever becomes of this table. */
    RememberedRequests picture() {
        return table.picture();
    }
}
