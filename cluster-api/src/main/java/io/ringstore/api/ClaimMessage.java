package io.ringstore.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks to open the epoch after {@code expectEpoch} (§8.2).
 *
 * @param cfg id of the configuration the sender believes in, 0 if the store had none
 * @param nodes that configuration; installed if the store has none
 * @param expectHop hop of the last accepted batch; null means any
 */
public record ClaimMessage(
        long cfg,
        List<String> nodes,
        String node,
        String claimId,
        long expectEpoch,
        @Nullable Long expectHop) {}
