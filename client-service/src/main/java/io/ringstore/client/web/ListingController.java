package io.ringstore.client.web;

import io.ringstore.api.KeyListing;
import io.ringstore.api.StoreApi;
import io.ringstore.client.access.Caller;
import io.ringstore.client.read.StoreReads;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Lists keys in order, page by page, all pages as of the revision of the first. */
@RestController
class ListingController {

    private static final int MAX_KEYS = 1_000;

    private final StoreReads reads;

    ListingController(StoreReads reads) {
        this.reads = reads;
    }

    /**
     * A page.
     *
     * @param cursor where the next page starts; null if this is the last one
     */
    record ListingView(
            long revision, List<ItemView> items, @Nullable String cursor) {}

    @GetMapping(
            path = "/v1/kv",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<ListingView> list(
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") boolean values,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            Caller caller) {
        Consistency.require(consistency, minRevision);
        Keys.requirePrefix(prefix, caller);
        if (limit < 1 || limit > MAX_KEYS) {
            throw Problems.badRequest("limit is from 1 to " + MAX_KEYS + ".");
        }
        Cursor from = cursor == null ? null : Cursor.decode(cursor, prefix);
        KeyListing page = from == null
                ? reads.ask(store -> store.list(prefix, null, limit, values, consistency, minRevision, null))
                : reads.ask(store -> goOn(store, from, limit, values));
        String next = page.next() == null ? null : new Cursor(page.revision(), prefix, page.next()).encode();
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Ringstore-Revision", String.valueOf(page.revision()))
                .header("Ringstore-Lag", String.valueOf(page.lag()));
        if (next != null) {
            answer.header(HttpHeaders.LINK, link(prefix, limit, values, next));
        }
        return answer.body(new ListingView(
                page.revision(), page.items().stream().map(ItemView::of).toList(), next));
    }

    /** Any node that has the revision gives the same page; one that is behind waits for it. */
    private static KeyListing goOn(StoreApi store, Cursor from, int limit, boolean values) {
        return store.list(
                from.prefix(), from.after(), limit, values, Consistency.SESSION, from.revision(), from.revision());
    }

    private static String link(String prefix, int limit, boolean values, String cursor) {
        return "</v1/kv?prefix=" + UriUtils.encode(prefix, StandardCharsets.UTF_8) + "&limit=" + limit
                + (values ? "&values=true" : "") + "&cursor=" + cursor + ">; rel=\"next\"";
    }
}
