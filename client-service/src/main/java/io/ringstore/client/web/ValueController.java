package io.ringstore.client.web;

import io.ringstore.api.KeyRead;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.read.StoreReads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
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

    private final StoreReads reads;
    private final ObjectMapper json;

    ValueController(StoreReads reads, ObjectMapper json) {
        this.reads = reads;
        this.json = json;
    }

    @GetMapping("/v1/kv/**")
    void get(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader HttpHeaders given,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            @RequestParam(required = false) @Nullable Long revision)
            throws IOException {
        String key = Keys.of(request);
        Consistency.require(consistency, minRevision);
        if (revision != null && revision < 1) {
            throw Problems.badRequest("revision is at least 1.");
        }
        List<MediaType> accepted = accepted(given);
        KeyRead read = reads.ask(store -> store.read(key, consistency, minRevision, revision));
        response.setHeader("Ringstore-Lag", String.valueOf(read.lag()));
        if (revision != null && revision > read.applied()) {
            throw Problems.revisionAhead(revision, read.applied());
        }
        RecordMessage record = read.record();
        if (record == null) {
            throw revision == null ? Problems.noSuchKey(key) : Problems.noSuchKeyAt(key, revision);
        }
        response.setHeader(HttpHeaders.ETAG, "\"" + record.revision() + "\"");
        response.setHeader("Ringstore-Revision", String.valueOf(record.revision()));
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (isKnown(given, record.revision())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else if (wantsJson(accepted)) {
            write(response, MediaType.APPLICATION_JSON_VALUE, json.writeValueAsBytes(RecordView.of(record)));
        } else {
            String type = Objects.requireNonNullElse(record.contentType(), MediaType.APPLICATION_OCTET_STREAM_VALUE);
            requireAccepted(accepted, type);
            // Whatever page somebody has stored must not act in the name of this server.
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            write(response, type, Objects.requireNonNullElse(record.value(), new byte[0]));
        }
    }

    private static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static List<MediaType> accepted(HttpHeaders given) {
        try {
            return given.getAccept();
        } catch (InvalidMediaTypeException broken) {
            throw Problems.badRequest("Accept is a list of media types.");
        }
    }

    private static boolean wantsJson(List<MediaType> accepted) {
        return accepted.stream()
                .anyMatch(type -> type.getQualityValue() > 0 && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON));
    }

    private static void requireAccepted(List<MediaType> accepted, String type) {
        if (accepted.isEmpty()) {
            return;
        }
        MediaType stored = parse(type);
        if (accepted.stream().noneMatch(range -> range.getQualityValue() > 0 && range.includes(stored))) {
            throw Problems.notAcceptable(
                    "This value can be had as " + type + ", or with metadata as application/json.");
        }
    }

    private static MediaType parse(String type) {
        try {
            return MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException odd) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    /** {@code If-None-Match} of a read: a list of tags, weak ones included, or *. */
    private static boolean isKnown(HttpHeaders given, long revision) {
        return given.getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .anyMatch(tag ->
                        tag.equals("*") || tag.equals("\"" + revision + "\"") || tag.equals("W/\"" + revision + "\""));
    }
}
