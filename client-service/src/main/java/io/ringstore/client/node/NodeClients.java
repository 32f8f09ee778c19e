package io.ringstore.client.node;

import io.ringstore.link.NodeAddress;
import java.time.Duration;
import org.springframework.web.client.RestClient;

/** Where this service gets its clients of other nodes from; the one place that tests replace. */
public interface NodeClients {

    /**
     * The client end of a contract; its calls throw {@code RestClientException} when they are refused or not delivered.
     *
     * @param answer how long one call may take from connection to answer
     */
    <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer);

    /**
     * For what is not in a contract, such as streams.
     *
     * @param silence how long the node may say nothing
     */
    RestClient rest(NodeAddress node, Duration connect, Duration silence);
}
