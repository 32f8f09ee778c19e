package io.ringstore.api;

/** A fence; hop -1 stands for an epoch in which nothing was accepted yet. */
public record FenceMessage(long epoch, long hop) {}
