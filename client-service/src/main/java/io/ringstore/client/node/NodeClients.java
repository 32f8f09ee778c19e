package io.ringstore.client.node;

import io.ringstore.link.NodeAddress;
import java.time.Duration;

/** Where this service gets its clients of other nodes from; the one place that tests replace. */
public interface NodeClients {

    /**
     * The client end of a contract; its calls throw {@code RestClientException} when they are refused or not delivered.
     *
     * @param answer how long one call may take from connection to answer
     */
    <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer);
}
