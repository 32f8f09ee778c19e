package io.ringstore.client.web;

import io.ringstore.api.KeyRead;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.access.Caller;
import io.ringstore.client.read.KeyReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads one key, as it is or as it was at a revision: the raw bytes with the Content-Type they came with, however odd it is, or a JSON view of the record.
 *
 * <p>Answers go to the response directly: what a caller has stored need not be a media type that Spring can parse.
 */
@RestController
class ValueController {

    private final KeyReads reads;
    private final ObjectMapper json;

    ValueController(KeyReads reads, ObjectMapper json) {
        this.reads = reads;
        this.json = json;
    }

    @GetMapping("/v1/kv/**")
    void get(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            @RequestParam(required = false) @Nullable Long revision,
            Caller caller)
            throws IOException {
        String key = Keys.of(request, caller);
        Consistency.require(consistency, minRevision);
        if (revision != null && revision < 1) {
            throw Problems.badRequest("revision is at least 1.");
        }
        ValueAnswers answers = new ValueAnswers(request, json);
        KeyRead read = reads.read(key, consistency, minRevision, revision);
        if (revision != null && revision > read.applied()) {
            throw Problems.revisionAhead(revision, read.applied()).header(ValueAnswers.LAG, "" + read.lag());
        }
        RecordMessage record = read.record();
        if (record == null && revision != null) {
            throw Problems.noSuchKeyAt(key, revision).header(ValueAnswers.LAG, "" + read.lag());
        }
        answers.of(key, record, read.lag()).writeTo(response);
    }
}
