package io.ringstore.client.web;

import io.ringstore.api.LogPage;
import io.ringstore.client.access.Caller;
import io.ringstore.client.read.StoreReads;
import io.ringstore.client.watch.WatchHub;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log as a stream of server-sent events, from any revision on that is kept. */
@RestController
class WatchController {

    private static final Pattern REVISION = Pattern.compile("\\d{1,18}");

    private final StoreReads reads;
    private final WatchHub hub;

    WatchController(StoreReads reads, WatchHub hub) {
        this.reads = reads;
        this.hub = hub;
    }

    @GetMapping(path = "/v1/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void watch(
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable Long from,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        Keys.requirePrefix(prefix, caller);
        if (from != null && from < 1) {
            throw Problems.badRequest("from is at least 1.");
        }
        Long first = lastEventId == null || lastEventId.isEmpty() ? from : Long.valueOf(after(lastEventId));
        hub.requireRoom();
        long asked = first == null ? Long.MAX_VALUE : first;
        LogPage page = reads.ask(store -> store.log(asked, 1, Consistency.LINEARIZABLE));
        if (first != null && first > page.last() + 1) {
            // Waiting for it would hide that this log is not the one that the caller knows.
            throw Problems.revisionAhead(first - 1, page.last());
        }
        hub.watch(prefix, first == null ? page.last() + 1 : first, page.last()).answer(request, response);
    }

    /** A HEAD, which would otherwise be a stream that nobody reads and nobody ends. */
    @RequestMapping(
            method = RequestMethod.HEAD,
            path = {"/v1/watch", "/v1/ring/events"})
    ResponseEntity<Void> head() {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .build();
    }

    private static long after(String lastEventId) {
        if (!REVISION.matcher(lastEventId).matches()) {
            throw Problems.badRequest("Last-Event-ID is a revision, as this stream gives it.");
        }
        return Long.parseLong(lastEventId) + 1;
    }
}
