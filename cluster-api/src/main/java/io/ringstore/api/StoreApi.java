package io.ringstore.api;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * What sync nodes and gateways say to a store node; any node answers, a backup forwards to the primary.
 *
 * <p>A write that is certainly not applied answers 503 with a problem document whose {@code outcome} is
 * {@code not-applied}; one of unknown outcome answers 504 (replication.md P12).
 */
@HttpExchange("/store")
public interface StoreApi {

    /** Names the store node that forwarded a call, so that it is forwarded once only and receipts can tell. */
    String VIA = "Ringstore-Via";

    /**
     * Writes a batch under its fence.
     *
     * @param batch in the ledger's encoding
     */
    @PostExchange(
            url = "/batch",
            contentType = "application/octet-stream",
            accept = {BinaryMedia.TYPE, BinaryMedia.JSON})
    BatchAnswer batch(@RequestBody byte[] batch, @RequestHeader(name = VIA, required = false) @Nullable String via);

    @PostExchange("/claim")
    ClaimAnswer claim(
            @RequestBody ClaimMessage claim, @RequestHeader(name = VIA, required = false) @Nullable String via);

    @PostExchange("/reconfigure")
    StoreViewMessage reconfigure(
            @RequestBody ReconfigureMessage change, @RequestHeader(name = VIA, required = false) @Nullable String via);

    /** Linearizable. */
    @GetExchange("/fence")
    StoreViewMessage fence();

    /**
     * Reads one key.
     *
     * @param consistency {@code linearizable}, {@code local} or {@code session}
     * @param minRevision with {@code session}, the revision the answering node must have applied
     */
    @GetExchange("/kv")
    KeyRead read(
            @RequestParam String key,
            @RequestParam String consistency,
            @RequestParam(required = false) @Nullable Long minRevision);

    /**
     * Lists keys in order.
     *
     * @param after keys greater than this one; null for the first page
     */
    @GetExchange("/keys")
    KeyListing list(
            @RequestParam String prefix,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam int limit,
            @RequestParam String consistency);

    @GetExchange("/log")
    LogPage log(@RequestParam long from, @RequestParam int limit, @RequestParam String consistency);

    /** Linearizable; 404 if the id is not remembered. A parameter, because request ids may contain slashes. */
    @GetExchange("/requests")
    WriteResult outcome(@RequestParam String id);

    @GetExchange("/status")
    StoreStatus status();
}
