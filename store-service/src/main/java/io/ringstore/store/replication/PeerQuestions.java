package io.ringstore.store.replication;

import io.ringstore.link.ClusterProperties;
import io.ringstore.link.PeerClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/** Asks the other store nodes what only they know; a node that does not answer is left out. */
final class PeerQuestions {

    private static final Logger LOG = LoggerFactory.getLogger(PeerQuestions.class);
    private static final Duration CONNECT = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final List<StorePeerApi> others;

    PeerQuestions(ClusterProperties cluster, PeerClients clients) {
        this.others = cluster.storeNodes().stream()
                .filter(node -> !node.id().equals(cluster.node()))
                .map(node -> clients.proxy(StorePeerApi.class, node, CONNECT, ANSWER))
                .toList();
    }

    List<NodeIdentity> identities() {
        return ask(StorePeerApi::identity);
    }

    List<ReplicaDigest> digests() {
        return ask(StorePeerApi::digest);
    }

    private <T> List<T> ask(Function<StorePeerApi, T> question) {
        List<T> answers = new ArrayList<>();
        for (StorePeerApi other : others) {
            try {
                answers.add(question.apply(other));
            } catch (RestClientException e) {
                LOG.debug("no answer", e);
            }
        }
        return answers;
    }
}
