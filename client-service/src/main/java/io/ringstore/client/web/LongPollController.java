package io.ringstore.client.web;

import io.ringstore.api.KeyRead;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.access.Caller;
import io.ringstore.client.read.StoreReads;
import io.ringstore.client.watch.Change;
import io.ringstore.client.watch.WatchHub;
import io.ringstore.client.watch.WatchProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.View;
import tools.jackson.databind.ObjectMapper;

/** Reads one key, but only answers once it is no longer what the caller knows; no thread waits meanwhile. */
@RestController
class LongPollController {

    /** We end every wait ourselves. */
    private static final long NEVER = 0L;

    /** Whoever waits has no thread; one is made when there is something to answer. */
    private static final Executor AWAKE = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("poll-", 0).factory());

    private static final Pattern WAIT = Pattern.compile("(\\d{1,9})(ms|s)");

    private final StoreReads reads;
    private final WatchHub hub;
    private final ObjectMapper json;
    private final Duration maxWait;

    LongPollController(StoreReads reads, WatchHub hub, ObjectMapper json, WatchProperties settings) {
        this.reads = reads;
        this.hub = hub;
        this.json = json;
        this.maxWait = settings.maxWait();
    }

    @GetMapping(path = "/v1/kv/**", params = "wait")
    DeferredResult<View> poll(
            HttpServletRequest request,
            @RequestParam String wait,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            @RequestParam(required = false) @Nullable String revision,
            Caller caller) {
        String key = Keys.of(request, caller);
        Consistency.require(consistency, minRevision);
        Duration patience = patience(wait);
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) == null) {
            throw Problems.badRequest(
                    "wait needs If-None-Match with the revision that is known; \"0\" waits for a key that does not exist.");
        }
        if (revision != null) {
            throw Problems.badRequest("What a key held at a revision does not change; wait is for now.");
        }
        DeferredResult<View> result = new DeferredResult<>(NEVER);
        KeyRead read = reads.ask(store -> store.read(key, consistency, minRevision, null));
        new Poll(key, new ValueAnswers(request, json), System.nanoTime() + patience.toNanos(), result).found(read);
        return result;
    }

    private Duration patience(String wait) {
        Matcher matcher = WAIT.matcher(wait);
        if (!matcher.matches()) {
            throw Problems.badRequest("wait is a time such as 30s or 500ms.");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration patience = matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        if (!patience.isPositive() || patience.compareTo(maxWait) > 0) {
            throw Problems.badRequest("wait is more than 0 and at most " + maxWait.toMillis() + "ms.");
        }
        return patience;
    }

    /** One caller who waits. */
    private final class Poll {

        private final String key;
        private final ValueAnswers answers;
        private final long deadline;
        private final DeferredResult<View> result;

        Poll(String key, ValueAnswers answers, long deadline, DeferredResult<View> result) {
            this.key = key;
            this.answers = answers;
            this.deadline = deadline;
            this.result = result;
        }

        /** The key was read: as it is known, which is a reason to wait, or otherwise. */
        void found(KeyRead read) {
            RecordMessage record = read.record();
            long known = record == null ? 0 : record.revision();
            if (!answers.isKnown(known)) {
                answer(answers.of(key, record, read.lag()));
                return;
            }
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            var _ = hub.awaitChange(key, read.applied(), left)
                    .thenAcceptAsync(change -> learned(change, known, read.lag()), AWAKE);
        }

        private void learned(Change change, long known, long lag) {
            try {
                switch (change) {
                    case Change.Changed(RecordMessage newest) ->
                        found(new KeyRead(newest.op().equals("put") ? newest : null, newest.revision(), 0));
                    case Change.Unchanged() -> answer(answers.notModified(known, lag));
                    case Change.Unclear() ->
                        found(reads.ask(store -> store.read(key, Consistency.LINEARIZABLE, null, null)));
                }
            } catch (RuntimeException failure) {
                result.setErrorResult(failure);
            }
        }

        private void answer(ValueAnswers.Answer answer) {
            result.setResult((_, _, response) -> answer.writeTo(response));
        }
    }
}
