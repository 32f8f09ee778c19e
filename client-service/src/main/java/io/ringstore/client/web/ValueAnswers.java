package io.ringstore.client.web;

import io.ringstore.api.RecordMessage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.ObjectMapper;

/** The answers that a read of one key may get, as its headers ask for them. */
final class ValueAnswers {

    static final String LAG = "Ringstore-Lag";

    private final List<String> known;
    private final List<MediaType> accepted;
    private final ObjectMapper json;

    ValueAnswers(HttpServletRequest request, ObjectMapper json) {
        this.known = all(request, HttpHeaders.IF_NONE_MATCH);
        this.accepted = accepted(all(request, HttpHeaders.ACCEPT));
        this.json = json;
    }

    private static List<String> all(HttpServletRequest request, String header) {
        return request.getHeader(header) == null ? List.of() : Collections.list(request.getHeaders(header));
    }

    /** An answer that is decided, and only needs to be written. */
    @FunctionalInterface
    interface Answer {
        void writeTo(HttpServletResponse response) throws IOException;
    }

    /**
     * The answer to a caller who finds this record.
     *
     * @param record null if there is no such key
     * @throws Problem if that is what the answer is
     */
    Answer of(String key, @Nullable RecordMessage record, long lag) {
        if (record == null) {
            throw Problems.noSuchKey(key).header(LAG, String.valueOf(lag));
        }
        if (isKnown(record.revision())) {
            return notModified(record.revision(), lag);
        }
        if (wantsJson()) {
            byte[] view = json.writeValueAsBytes(RecordView.of(record));
            return response -> {
                describe(response, record, lag);
                Answers.write(response, MediaType.APPLICATION_JSON_VALUE, view);
            };
        }
        String type = Objects.requireNonNullElse(record.contentType(), MediaType.APPLICATION_OCTET_STREAM_VALUE);
        requireAccepted(type);
        return response -> {
            describe(response, record, lag);
            Answers.write(response, type, Objects.requireNonNullElse(record.value(), new byte[0]));
        };
    }

    /** @param revision 0 if there is no such key, as the caller knows */
    Answer notModified(long revision, long lag) {
        return response -> {
            describe(response, revision, lag);
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        };
    }

    private static void describe(HttpServletResponse response, RecordMessage record, long lag) {
        describe(response, record.revision(), lag);
        if (record.principal() != null) {
            response.setHeader("Ringstore-Principal", record.principal());
        }
    }

    private static void describe(HttpServletResponse response, long revision, long lag) {
        response.setHeader(LAG, String.valueOf(lag));
        response.setHeader(HttpHeaders.ETAG, "\"" + revision + "\"");
        response.setHeader("Ringstore-Revision", String.valueOf(revision));
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static List<MediaType> accepted(List<String> given) {
        try {
            return MediaType.parseMediaTypes(given);
        } catch (InvalidMediaTypeException broken) {
            throw Problems.badRequest("Accept is a list of media types.");
        }
    }

    private boolean wantsJson() {
        return accepted.stream()
                .anyMatch(type -> type.getQualityValue() > 0 && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON));
    }

    private void requireAccepted(String type) {
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

    /** Whether {@code If-None-Match} names this revision: a list of tags, weak ones included, or * for whatever exists. */
    boolean isKnown(long revision) {
        return known.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .anyMatch(tag -> (tag.equals("*") && revision > 0)
                        || tag.equals("\"" + revision + "\"")
                        || tag.equals("W/\"" + revision + "\""));
    }
}
