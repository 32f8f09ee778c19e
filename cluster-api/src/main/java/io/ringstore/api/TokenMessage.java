package io.ringstore.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token as JSON, for anyone to read (ring-protocol.md §2.1).
 *
 * @param from the node that passes it
 * @param vec oldest waiting timestamp of each node, null where nobody needs to be waited for
 */
public record TokenMessage(
        String cluster, long cfg, String from, long epoch, long hop, List<@Nullable Long> vec, long hlc) {}
