package io.ringstore.client.gateway;

import io.ringstore.api.SyncApi;

/** A sync node as the gateway knows it. */
record SyncNode(String id, SyncApi api) {}
