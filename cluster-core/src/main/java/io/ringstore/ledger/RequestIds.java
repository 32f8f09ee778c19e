package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The request ids that were decided, with their results, until they are too old to come again (§8.4). */
final class RequestIds {

    private static final int UUID_LENGTH = 36;
    private static final int VERSION_AT = 14;
    private static final int DASH_AT = 8;

    private final LedgerLimits limits;
    private final Map<String, Remembered> byId = new HashMap<>();
    private final PriorityQueue<Remembered> byExpiry =
            new PriorityQueue<>(Comparator.comparingLong(Remembered::expiresAt).thenComparing(Remembered::requestId));

    RequestIds(LedgerLimits limits) {
        this.limits = limits;
    }

    /**
     * One decided request.
     *
     * @param expiresAt store time until which it is remembered at least, epoch milliseconds
     */
    record Remembered(String requestId, PayloadHash payload, EntryResult result, long expiresAt) {}

    @Nullable
    Remembered find(String requestId) {
        return byId.get(requestId);
    }

    /** Whether an id is so old that it may have been forgotten, so that nobody can say any more what became of it. */
    boolean isExpired(String requestId, long storeTime) {
        OptionalLong made = timeOf(requestId);
        return made.isPresent()
                && made.getAsLong() < storeTime - limits.window().toMillis();
    }

    /** Why a request with a new id that has not expired may not be applied at this time, or null if it may. */
    @Nullable
    Refusal refusal(String requestId, long storeTime) {
        OptionalLong made = timeOf(requestId);
        if (made.isPresent()
                && made.getAsLong() > storeTime + limits.futureTolerance().toMillis()) {
            return Refusal.KEY_FROM_FUTURE;
        }
        return byId.size() >= limits.maxRequestIds() ? Refusal.BUSY : null;
    }

    void remember(String requestId, PayloadHash payload, EntryResult result, long storeTime) {
        long from = Math.max(timeOf(requestId).orElse(storeTime), storeTime);
        restore(new Remembered(
                requestId, payload, result, from + limits.window().toMillis()));
    }

    void restore(Remembered remembered) {
        byId.put(remembered.requestId(), remembered);
        byExpiry.add(remembered);
    }

    /** Forgets what cannot come again: from now on its id is refused as too old. */
    void forgetExpired(long storeTime) {
        while (!byExpiry.isEmpty() && byExpiry.element().expiresAt() < storeTime) {
            byId.remove(byExpiry.remove().requestId());
        }
    }

    int size() {
        return byId.size();
    }

    List<Remembered> all() {
        return new ArrayList<>(byId.values());
    }

    /** When a UUIDv7 was made, epoch milliseconds: its first 48 bits. Other ids do not tell. */
    static OptionalLong timeOf(String requestId) {
        if (requestId.length() != UUID_LENGTH
                || requestId.charAt(VERSION_AT) != '7'
                || requestId.charAt(DASH_AT) != '-') {
            return OptionalLong.empty();
        }
        long millis = 0;
        for (int i = 0; i < VERSION_AT - 1; i++) {
            if (i == DASH_AT) {
                continue;
            }
            int digit = Character.digit(requestId.charAt(i), 16);
            if (digit < 0) {
                return OptionalLong.empty();
            }
            millis = (millis << 4) | digit;
        }
        return OptionalLong.of(millis);
    }
}
