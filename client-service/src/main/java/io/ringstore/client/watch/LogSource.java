package io.ringstore.client.watch;

import io.ringstore.api.LogPage;
import io.ringstore.api.StoreApi;
import io.ringstore.client.read.StoreReads;
import java.util.List;
import org.springframework.web.client.RestClientException;

/** Where the log is read from. */
final class LogSource {

    private static final int FEED_LIMIT = 1_000;
    private static final int PAGE_LIMIT = 200;

    /** How long one question of the feed may be held at a store node, which is how long a frozen one goes unnoticed. */
    static final long HOLD_MILLIS = 1_000;

    private final List<String> names;
    private final List<StoreApi> stores;
    private final StoreReads reads;
    private int at;

    /** @param stores by name, with clients that wait longer than {@link #HOLD_MILLIS} */
    LogSource(List<String> names, List<StoreApi> stores, StoreReads reads) {
        this.names = names;
        this.stores = stores;
        this.reads = reads;
    }

    /**
     * What comes next, for the feed only: waits a while for something to come. The next call goes to whoever was primary
     * when it was written, because there a record arrives first; or to the next node, if this one fails.
     *
     * @throws RestClientException if this store node did not answer
     */
    LogPage next(long from) {
        try {
            LogPage page = stores.get(at).awaitLog(from, FEED_LIMIT, HOLD_MILLIS);
            if (!page.records().isEmpty()) {
                int primary = names.indexOf(page.records().getLast().origin().primary());
                at = primary < 0 ? at : primary;
            }
            return page;
        } catch (RestClientException failed) {
            at = (at + 1) % stores.size();
            throw failed;
        }
    }

    /** The greatest revision of the log as of now. */
    long last() {
        return reads.ask(store -> store.log(Long.MAX_VALUE, 1, "linearizable")).last();
    }

    /**
     * A page of what is there already.
     *
     * @throws StoreReads.StoreUnavailable if no store node answered in time
     */
    LogPage page(long from) {
        return reads.ask(store -> store.awaitLog(from, PAGE_LIMIT, 0));
    }
}
