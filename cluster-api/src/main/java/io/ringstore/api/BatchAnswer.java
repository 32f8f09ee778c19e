package io.ringstore.api;

import java.util.List;

/** What became of a batch: one result for each entry, in order. */
public record BatchAnswer(List<WriteResult> results, StoreViewMessage view) {}
