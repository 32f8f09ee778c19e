package io.ringstore.client.node;

import io.ringstore.link.NodeAddress;
import io.ringstore.link.PeerClients;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Clients over HTTP, with the cluster's secret. */
@Component
class HttpNodeClients implements NodeClients {

    private final PeerClients peers;

    HttpNodeClients(PeerClients peers) {
        this.peers = peers;
    }

    @Override
    public <T> T proxy(Class<T> contract, NodeAddress node, Duration connect, Duration answer) {
        return peers.proxy(contract, node, connect, answer);
    }

    @Override
    public RestClient rest(NodeAddress node, Duration connect, Duration silence) {
        return peers.restClient(node, connect, silence).build();
    }
}
