package io.ringstore.api;

/** A node shuts down (§4.4). */
public record ByeMessage(String cluster, String from) {}
