package io.ringstore.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest moments of a sync node.
 *
 * @param incarnation changes when the node is started anew, and with it the numbers begin anew
 * @param last number of the latest moment; where to go on
 * @param state how the node is, null if it cannot say
 */
public record MomentsMessage(
        String incarnation,
        long last,
        List<MomentMessage> moments,
        @Nullable NodeState state) {}
