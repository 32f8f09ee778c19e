package io.ringstore.sync.store;

import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Picks the store node that a batch goes to first. A hint that is out of date costs a forwarding, never a write. */
final class FirstStore {

    private static final int UNKNOWN = -1;

    private final StoreChoice choice;
    private final List<String> stores;
    private volatile int primary = UNKNOWN;

    /** @param stores their ids, in the order in which they are counted */
    FirstStore(StoreChoice choice, List<String> stores) {
        this.choice = choice;
        this.stores = stores;
    }

    /** The position of a store node, counted from 0. */
    int next() {
        int known = choice == StoreChoice.PRIMARY ? primary : UNKNOWN;
        return known == UNKNOWN ? ThreadLocalRandom.current().nextInt(stores.size()) : known;
    }

    /** A batch was answered; what it wrote says who was primary, unless it was written before. */
    void answered(BatchApplied applied) {
        for (EntryResult result : applied.results()) {
            if (result instanceof EntryResult.Committed(var _, var _, boolean duplicate, var origin) && !duplicate) {
                primary = stores.indexOf(origin.primary().name());
                return;
            }
        }
    }

    /** A call to a store node failed: whoever it was, it is not to be the first again because of what is known. */
    void failed(int store) {
        if (store == primary) {
            primary = UNKNOWN;
        }
    }
}
