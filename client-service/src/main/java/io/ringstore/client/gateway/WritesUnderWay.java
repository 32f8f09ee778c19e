package io.ringstore.client.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writes that wait at this gateway.
 *
 * @param count all of them
 * @param oldest those that have waited longest
 */
public record WritesUnderWay(int count, List<Waiting> oldest) {

    /**
     * A write that is not decided yet.
     *
     * @param node the sync node it is at, null while it is between two
     * @param attempts how many sync nodes it was brought to
     */
    public record Waiting(String requestId, @Nullable String node, long waitedMillis, int attempts) {}
}
