package io.ringstore.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sync node says of itself, made by its own event loop (§4.5).
 *
 * @param phase JOINING, IDLE, HOLDING, PARKED, CRITICAL or LEAVING
 * @param oldest timestamp of the oldest waiting request
 * @param vec slots of the newest token it has met
 */
public record NodeState(
        String id,
        int index,
        FenceMessage seen,
        String phase,
        long phaseForMs,
        boolean blocked,
        String incarnation,
        int queue,
        @Nullable Long oldest,
        List<@Nullable Long> vec) {}
