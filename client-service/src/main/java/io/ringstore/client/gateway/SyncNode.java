package io.ringstore.client.gateway;

import io.ringstore.api.SyncApi;

/**
 * A sync node as the gateway knows it.
 *
 * @param writes for calls that last as long as writes wait
 * @param probe for a question that a healthy node answers at once
 */
record SyncNode(String id, SyncApi writes, SyncApi probe) {

    /** Whether the node's own loop says anything at all. */
    boolean isAlive() {
        try {
            return probe.state() != null;
        } catch (RuntimeException silent) {
            return false;
        }
    }
}
