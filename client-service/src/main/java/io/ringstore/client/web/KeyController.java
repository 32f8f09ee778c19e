package io.ringstore.client.web;

import io.ringstore.api.KeyRead;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import io.ringstore.client.read.StoreReads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One key: put, delete, read; values are raw bytes with the Content-Type they came with. */
@RestController
@RequestMapping("/v1/kv")
class KeyController {

    private static final String PREFIX = "/v1/kv/";

    private final WriteFlow writes;
    private final StoreReads reads;
    private final ApiHeaders headers;
    private final Receipts receipts;

    KeyController(WriteFlow writes, StoreReads reads, ApiHeaders headers, Receipts receipts) {
        this.writes = writes;
        this.reads = reads;
        this.headers = headers;
        this.receipts = receipts;
    }

    @PutMapping("/**")
    ResponseEntity<Receipt> put(HttpServletRequest request, @RequestHeader HttpHeaders given) throws IOException {
        String key = Keys.of(request, PREFIX);
        byte[] value = Bodies.value(request);
        return write(key, value, request.getContentType(), given);
    }

    @DeleteMapping("/**")
    ResponseEntity<Receipt> delete(HttpServletRequest request, @RequestHeader HttpHeaders given) {
        return write(Keys.of(request, PREFIX), null, null, given);
    }

    private ResponseEntity<Receipt> write(
            String key, byte @Nullable [] value, @Nullable String contentType, HttpHeaders given) {
        WriteOrder order = new WriteOrder(
                headers.requestId(given),
                headers.client(given),
                headers.clientTimestamp(given),
                key,
                value,
                contentType,
                headers.ifRevision(given),
                headers.ifExists(given));
        WriteAnswer answer = writes.write(order, headers.patienceMillis(given));
        boolean created = value != null && answer.result().created();
        return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
                .headers(receipts.headers(answer.result(), order.requestId()))
                .header("Server-Timing", "queue;dur=" + answer.queueMillis() + ", ring;dur=" + answer.ringMillis())
                .body(receipts.of(answer.result(), order.requestId(), key, order.clientTimestamp()));
    }

    /** The value as it was put; with {@code Accept: application/json}, value and metadata. */
    @GetMapping("/**")
    ResponseEntity<?> get(
            HttpServletRequest request,
            @RequestHeader HttpHeaders given,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency,
            @RequestParam(required = false) @Nullable Long minRevision) {
        String key = Keys.of(request, PREFIX);
        Consistency.require(consistency, minRevision);
        KeyRead read = reads.ask(store -> store.read(key, consistency, minRevision));
        RecordMessage record = read.record();
        if (record == null) {
            throw Problems.noSuchKey(key);
        }
        HttpHeaders answer = new HttpHeaders();
        String etag = "\"" + record.revision() + "\"";
        answer.setETag(etag);
        answer.set("Ringstore-Revision", String.valueOf(record.revision()));
        answer.set("Ringstore-Lag", String.valueOf(read.lag()));
        if (given.getIfNoneMatch().contains(etag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .headers(answer)
                    .build();
        }
        if (wantsJson(given)) {
            return ResponseEntity.ok().headers(answer).body(RecordView.of(record));
        }
        String contentType = Objects.requireNonNullElse(record.contentType(), MediaType.APPLICATION_OCTET_STREAM_VALUE);
        answer.set(HttpHeaders.CONTENT_TYPE, contentType);
        answer.set("X-Content-Type-Options", "nosniff");
        return ResponseEntity.ok().headers(answer).body(record.value());
    }

    private static boolean wantsJson(HttpHeaders given) {
        return given.getAccept().stream().anyMatch(type -> type.equals(MediaType.APPLICATION_JSON));
    }
}
