package io.ringstore.api;

import java.util.List;

/** Replaces the list of sync nodes (§8.6). */
public record ReconfigureMessage(long expectCfg, List<String> nodes) {}
