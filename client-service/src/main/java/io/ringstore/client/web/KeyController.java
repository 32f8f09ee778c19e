package io.ringstore.client.web;

import io.ringstore.client.access.Caller;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
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
    void put(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        String key = Keys.of(request, caller);
        String contentType = headers.contentType(request);
        writes.requireRoom();
        write("put", key, bodies.value(request), contentType, request, response, caller);
    }

    @DeleteMapping(
            path = "/v1/kv/**",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    void delete(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        write("delete", Keys.of(request, caller), null, null, request, response, caller);
    }

    private void write(
            String op,
            String key,
            byte @Nullable [] value,
            @Nullable String contentType,
            HttpServletRequest request,
            HttpServletResponse response,
            Caller caller)
            throws IOException {
        WriteOrder order = new WriteOrder(
                headers.requestId(request),
                headers.client(request),
                headers.clientTimestamp(request),
                caller.principal(),
                op,
                key,
                value,
                contentType,
                headers.ifRevision(request),
                headers.ifExists(request));
        WriteAnswer answer = writes.write(order, headers.patienceMillis(request));
        boolean created = value != null && answer.result().created();
        receipts.answer(response, created ? HttpStatus.CREATED : HttpStatus.OK, answer, order);
    }
}
