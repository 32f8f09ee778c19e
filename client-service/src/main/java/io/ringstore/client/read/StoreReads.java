package io.ringstore.client.read;

import io.ringstore.api.StoreApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Asks the store: the node that answered last, the next one if it does not, until the caller's time is over. */
public final class StoreReads {

    /** Between two rounds over all nodes, none of which could answer: an election takes some of them. */
    private static final long PAUSE_MILLIS = 20;

    private final List<StoreApi> stores;
    private final long patienceNanos;
    private final AtomicInteger preferred = new AtomicInteger();

    public StoreReads(List<StoreApi> stores, Duration patience) {
        this.stores = stores;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Asks until some node answers.
     *
     * @throws StoreUnavailable if none did in time
     * @throws RestClientResponseException if the question itself was refused (4xx)
     */
    public <T> T ask(Function<StoreApi, @Nullable T> question) {
        return ask(System.nanoTime() + patienceNanos, question);
    }

    /** As above, with an end of patience on the clock of {@link System#nanoTime}. */
    <T> T ask(long deadline, Function<StoreApi, @Nullable T> question) {
        int node = preferred.get();
        RestClientException last = null;
        for (int attempt = 1; attempt <= stores.size() || System.nanoTime() - deadline < 0; attempt++) {
            try {
                T answer = question.apply(stores.get(node));
                if (answer != null) {
                    preferred.set(node);
                    return answer;
                }
            } catch (RestClientResponseException refused) {
                if (refused.getStatusCode().is4xxClientError()) {
                    throw refused;
                }
                last = refused;
            } catch (RestClientException unreachable) {
                last = unreachable;
            }
            node = (node + 1) % stores.size();
            if (attempt % stores.size() == 0 && !pause()) {
                break;
            }
        }
        throw new StoreUnavailable(last);
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** No store node answered in time. */
    public static final class StoreUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoreUnavailable(@Nullable Throwable cause) {
            super("no store node answered in time", cause);
        }
    }
}
