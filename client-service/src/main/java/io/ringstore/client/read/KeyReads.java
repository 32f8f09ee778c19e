package io.ringstore.client.read;

import io.ringstore.api.KeyRead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads of one key; those that most people make share calls to the store. */
public final class KeyReads {

    private final StoreReads reads;
    private final ReadGathering linearizable;
    private final ReadGathering local;

    KeyReads(StoreReads reads, Duration patience) {
        this.reads = reads;
        this.linearizable = new ReadGathering(reads, "linearizable", patience);
        this.local = new ReadGathering(reads, "local", patience);
    }

    /**
     * What a key holds, as {@link io.ringstore.api.StoreApi#read} tells it.
     *
     * @throws StoreReads.StoreUnavailable if no node answered in time
     * @throws org.springframework.web.client.RestClientResponseException if the question itself was refused (4xx)
     */
    public KeyRead read(String key, String consistency, @Nullable Long minRevision, @Nullable Long revision) {
        if (revision == null && consistency.equals("linearizable")) {
            return linearizable.read(key);
        }
        if (revision == null && consistency.equals("local")) {
            return local.read(key);
        }
        return reads.ask(store -> store.read(key, consistency, minRevision, revision));
    }
}
