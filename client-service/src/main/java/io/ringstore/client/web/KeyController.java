package io.ringstore.client.web;

import io.ringstore.client.access.Caller;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Puts and deletes one key. */
@RestController
class KeyController {

    private final WriteFlow writes;
    private final ApiHeaders headers;
    private final Receipts receipts;
    private final Bodies bodies;

    KeyController(WriteFlow writes, ApiHeaders headers, Receipts receipts, Bodies bodies) {
        this.writes = writes;
        this.headers = headers;
        this.receipts = receipts;
        this.bodies = bodies;
    }

    /** What a caller accepts is looked at before anything is written; a receipt is text, too. */
    @PutMapping(
            path = "/v1/kv/**",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<Receipt> put(HttpServletRequest request, @RequestHeader HttpHeaders given, Caller caller)
            throws IOException {
        String key = Keys.of(request, caller);
        String contentType = headers.contentType(request);
        writes.requireRoom();
        return write("put", key, bodies.value(request), contentType, given, caller);
    }

    @DeleteMapping(
            path = "/v1/kv/**",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<Receipt> delete(HttpServletRequest request, @RequestHeader HttpHeaders given, Caller caller) {
        return write("delete", Keys.of(request, caller), null, null, given, caller);
    }

    private ResponseEntity<Receipt> write(
            String op,
            String key,
            byte @Nullable [] value,
            @Nullable String contentType,
            HttpHeaders given,
            Caller caller) {
        WriteOrder order = new WriteOrder(
                headers.requestId(given),
                headers.client(given),
                headers.clientTimestamp(given),
                caller.principal(),
                op,
                key,
                value,
                contentType,
                headers.ifRevision(given),
                headers.ifExists(given));
        WriteAnswer answer = writes.write(order, headers.patienceMillis(given));
        boolean created = value != null && answer.result().created();
        return receipts.response(created ? HttpStatus.CREATED : HttpStatus.OK, answer, order);
    }
}
