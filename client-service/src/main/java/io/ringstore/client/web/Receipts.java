package io.ringstore.client.web;

import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Makes receipts, and the headers that go with them. */
@Component
class Receipts {

    private final List<String> stores;

    Receipts(ClusterProperties cluster) {
        stores = cluster.storeNodes().stream().map(NodeAddress::id).toList();
    }

    /** Of a committed write. */
    Receipt of(WriteResult result, String requestId, @Nullable String key, @Nullable Long clientTimestamp) {
        OriginMessage origin = result.origin();
        if (origin == null || result.revision() == null) {
            throw new IllegalArgumentException("only a committed write has a receipt");
        }
        return receipt(requestId, key, result.revision(), clientTimestamp, origin);
    }

    /** Of a record in the log. */
    Receipt of(RecordMessage record) {
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
    HttpHeaders headers(WriteResult result, String requestId) {
        HttpHeaders headers = new HttpHeaders();
        OriginMessage origin = result.origin();
        headers.setETag("\"" + result.revision() + "\"");
        headers.set("Ringstore-Revision", String.valueOf(result.revision()));
        headers.set(ApiHeaders.IDEMPOTENCY_KEY, requestId);
        if (result.duplicate()) {
            headers.set("Idempotency-Replayed", "true");
        }
        if (origin != null) {
            headers.set(
                    "Ringstore-Token",
                    origin.fence().epoch() + "." + origin.fence().hop());
            headers.set("Ringstore-Sync", origin.sync());
            headers.set("Ringstore-Store", origin.via());
        }
        return headers;
    }
}
