package io.ringstore.api;

import java.util.List;
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
 * {@code not-applied}; one of unknown outcome answers 504 (replication.md P12). What was let go answers 410 with a problem
 * document that has the {@code compactedRevision}.
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
     * @param revision as of which it is read; null for now; 410 if that is let go; not answered if it is greater
     *     than the {@code applied} of the answer
     */
    @GetExchange("/kv")
    KeyRead read(
            @RequestParam String key,
            @RequestParam String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            @RequestParam(required = false) @Nullable Long revision);

    /**
     * Reads several keys as {@link #read} reads one, all at one moment.
     *
     * @return what the first of them hold, in their order: one at least, and as many as fit into about 1 MiB
     */
    @PostExchange(
            url = "/reads",
            contentType = BinaryMedia.TYPE,
            accept = {BinaryMedia.TYPE, BinaryMedia.JSON})
    List<KeyRead> reads(@RequestBody KeysQuestion question);

    /**
     * Lists keys in order; a page ends at {@code limit} keys or about 1 MiB, and may have fewer though more follow.
     *
     * @param after keys greater than this one; null for the first page
     * @param values whether what they hold is wanted too
     * @param revision as of which they are listed; null for now; 410 if that is let go, 503 if this node does not have
     *     it; the answer names the one that was taken
     */
    @GetExchange("/keys")
    KeyListing list(
            @RequestParam String prefix,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam int limit,
            @RequestParam boolean values,
            @RequestParam String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            @RequestParam(required = false) @Nullable Long revision);

    /** A page ends at {@code limit} records or about 1 MiB; 410 if its first one is let go. */
    @GetExchange("/log")
    LogPage log(@RequestParam long from, @RequestParam int limit, @RequestParam String consistency);

    /**
     * As {@link #log}, but waits for revision {@code from} if it is not there yet; an empty page is linearizable: there was
     * no such revision anywhere when the wait was over.
     */
    @GetExchange("/log/next")
    LogPage awaitLog(@RequestParam long from, @RequestParam int limit, @RequestParam long waitMillis);

    /**
     * Linearizable; 404 if the id is not remembered. A parameter, because request ids may contain slashes.
     *
     * @param principal if given, requests of others are not remembered either
     */
    @GetExchange("/requests")
    WriteResult outcome(@RequestParam String id, @RequestParam(required = false) @Nullable String principal);

    @GetExchange("/status")
    StoreStatus status();
}
