package io.ringstore.client.backup;

import io.ringstore.client.gateway.GatewayProperties;
import io.ringstore.client.node.NodeClients;
import io.ringstore.link.ClusterProperties;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Asks one store node after the other for a backup; each can give one, and gives one at a time. */
@Component
public class StoreBackups {

    private static final Logger log = LoggerFactory.getLogger(StoreBackups.class);

    /** A store node writes the whole backup to its disk before it says anything. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final List<RestClient> stores;
    private final AtomicInteger next = new AtomicInteger();

    StoreBackups(ClusterProperties cluster, NodeClients clients, GatewayProperties settings) {
        stores = cluster.storeNodes().stream()
                .map(node -> clients.rest(node, settings.connect(), SILENCE))
                .toList();
    }

    /** Takes what a store node gives. */
    public interface Sink {
        void accept(HttpHeaders headers, InputStream content) throws IOException;
    }

    /** Returns once some node's backup went to the sink, or says that none could give one. */
    public boolean read(Sink sink) {
        int first = next.getAndIncrement();
        for (int i = 0; i < stores.size(); i++) {
            RestClient store = stores.get(Math.floorMod(first + i, stores.size()));
            try {
                if (store.get()
                        .uri("/store/backup")
                        .exchangeForRequiredValue((request, answer) -> pass(answer, sink))) {
                    return true;
                }
            } catch (ResourceAccessException unreachable) {
                // Nothing went to the sink yet: what fails later is the sink's to handle.
                log.debug("a store node gave no backup", unreachable);
            }
        }
        return false;
    }

    private static boolean pass(ClientHttpResponse answer, Sink sink) throws IOException {
        if (!answer.getStatusCode().is2xxSuccessful()) {
            return false;
        }
        sink.accept(answer.getHeaders(), answer.getBody());
        return true;
    }
}
