package io.ringstore.store.replication.rest;

import org.apache.ratis.conf.Parameters;

/**
 * What a {@link RestRpcType} needs from outside; handed to it through Ratis' {@link Parameters}.
 *
 * @param secret of the cluster, shown with every message
 */
public record RestTransport(
        PeerDirectory directory, String secret, MessageTimeouts timeouts, MessageObserver observer) {

    private static final String KEY = RestTransport.class.getName();

    /** Adds this to what Ratis hands to its transport. */
    public Parameters addTo(Parameters parameters) {
        parameters.put(KEY, this, RestTransport.class);
        return parameters;
    }

    static RestTransport from(Parameters parameters) {
        return parameters.getNonNull(KEY, RestTransport.class);
    }
}
