package io.ringstore.client.web;

import io.ringstore.api.LogPage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import io.ringstore.client.read.StoreReads;
import io.ringstore.client.read.StoreReads.StoreUnavailable;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.databind.ObjectMapper;

/** Makes receipts, and the headers that go with them. */
@Component
class Receipts {

    private final List<String> stores;
    private final StoreReads reads;
    private final ObjectMapper json;

    Receipts(ClusterProperties cluster, StoreReads reads, ObjectMapper json) {
        this.stores = cluster.storeNodes().stream().map(NodeAddress::id).toList();
        this.reads = reads;
        this.json = json;
    }

    /** The receipt of a committed write with all that api.md puts beside it. */
    void answer(HttpServletResponse response, HttpStatus status, WriteAnswer answer, WriteOrder order)
            throws IOException {
        byte[] receipt = json.writeValueAsBytes(of(answer.result(), order));
        response.setStatus(status.value());
        describe(response, answer, order.requestId());
        response.setHeader(HttpHeaders.ETAG, "\"" + answer.result().revision() + "\"");
        Answers.write(response, MediaType.APPLICATION_JSON_VALUE, receipt);
    }

    /** The receipt of a transaction, decided either way, with all that api.md puts beside it. */
    void answer(HttpServletResponse response, WriteAnswer answer, String requestId, TxnView view) throws IOException {
        byte[] receipt = json.writeValueAsBytes(view);
        describe(response, answer, requestId);
        Answers.write(response, MediaType.APPLICATION_JSON_VALUE, receipt);
    }

    private static String millis(long micros) {
        long thousandths = micros % 1_000;
        return micros / 1_000 + "." + (thousandths < 10 ? "00" : thousandths < 100 ? "0" : "") + thousandths;
    }

    /** Of a committed write. A repeated one may name another timestamp than the first; the log knows that one's. */
    Receipt of(WriteResult result, WriteOrder order) {
        OriginMessage origin = result.origin();
        if (origin == null || result.revision() == null) {
            throw new IllegalArgumentException("only a committed write has a receipt");
        }
        Receipt receipt = receipt(order.requestId(), order.key(), result.revision(), order.clientTimestamp(), origin);
        try {
            return result.duplicate() ? ofRevision(result.revision()).orElse(receipt) : receipt;
        } catch (HttpClientErrorException.Gone letGo) {
            return receipt;
        }
    }

    /**
     * Of a request that the store remembers. Where the log is let go already, the receipt lacks what only that knew:
     * the key and the caller's timestamp.
     */
    Receipt ofRemembered(WriteResult result, String requestId) {
        OriginMessage origin = result.origin();
        Long revision = result.revision();
        if (origin == null || revision == null) {
            throw new IllegalArgumentException("only a committed write has a receipt");
        }
        try {
            return ofRevision(revision).orElseThrow(Problems::storeUnavailable);
        } catch (HttpClientErrorException.Gone letGo) {
            return receipt(requestId, null, revision, null, origin);
        }
    }

    /** Of a transaction that the store remembers. */
    Receipt ofTransaction(WriteResult result, String requestId) {
        OriginMessage origin = result.origin();
        if (origin == null || result.revision() == null) {
            throw new IllegalArgumentException("only a decided transaction has a receipt");
        }
        return receipt(requestId, null, result.revision(), null, origin);
    }

    /** Of what the log has at a revision; empty if the store cannot be asked. */
    Optional<Receipt> ofRevision(long revision) {
        try {
            LogPage page = reads.ask(store -> store.log(revision, 1, Consistency.LINEARIZABLE));
            return page.records().stream().findFirst().map(this::of);
        } catch (StoreUnavailable later) {
            return Optional.empty();
        }
    }

    private Receipt of(RecordMessage record) {
        return receipt(record.requestId(), record.key(), record.revision(), record.clientTimestamp(), record.origin());
    }

    private Receipt receipt(
            String requestId,
            @Nullable String key,
            long revision,
            @Nullable Long clientTimestamp,
            OriginMessage origin) {
        return new Receipt("COMMITTED", requestId, key, revision, clientTimestamp, token(origin), path(origin));
    }

    static Receipt.TokenView token(OriginMessage origin) {
        return new Receipt.TokenView(origin.fence().epoch(), origin.fence().hop(), origin.syncIndex());
    }

    private Receipt.StorePath path(OriginMessage origin) {
        return new Receipt.StorePath(stores.indexOf(origin.via()), stores.indexOf(origin.primary()), origin.term());
    }

    /** What the receipt says, for those who look at headers only. */
    private static void describe(HttpServletResponse response, WriteAnswer answer, String requestId) {
        WriteResult result = answer.result();
        WriteAnswer.Times times = answer.times();
        OriginMessage origin = result.origin();
        response.setHeader("Ringstore-Revision", String.valueOf(result.revision()));
        response.setHeader(ApiHeaders.IDEMPOTENCY_KEY, requestId);
        if (result.duplicate()) {
            response.setHeader("Idempotency-Replayed", "true");
        }
        if (origin != null) {
            response.setHeader(
                    "Ringstore-Token",
                    origin.fence().epoch() + "." + origin.fence().hop());
            response.setHeader("Ringstore-Sync", origin.sync());
            response.setHeader("Ringstore-Store", origin.via());
        }
        response.setHeader(
                "Server-Timing",
                "queue;dur=" + millis(times.queue()) + ", ring;dur=" + millis(times.ring()) + ", store;dur="
                        + millis(times.store()));
    }
}
