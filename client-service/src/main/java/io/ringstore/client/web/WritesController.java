package io.ringstore.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The assignment's request: one write as JSON, or up to a thousand of them. */
@RestController
class WritesController {

    private static final int MAX_WRITES = 1_000;

    private final WriteFlow writes;
    private final ApiHeaders headers;
    private final Receipts receipts;
    private final ObjectMapper json;

    WritesController(WriteFlow writes, ApiHeaders headers, Receipts receipts, ObjectMapper json) {
        this.writes = writes;
        this.headers = headers;
        this.receipts = receipts;
        this.json = json;
    }

    /** One write as the body has it. */
    record WriteBody(
            @Nullable String clientId,
            @Nullable String resource,
            @Nullable String value,
            @Nullable Long timestamp,
            @Nullable String requestId) {}

    /** Results in the order of the writes. */
    record Results(List<Object> results) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rejected(String status, ProblemDetail problem) {}

    @PostMapping(path = "/v1/writes", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> write(@RequestBody JsonNode body, @RequestHeader HttpHeaders given) {
        long patience = headers.patienceMillis(given);
        if (body.isArray()) {
            return ResponseEntity.ok(new Results(writeAll(body, patience)));
        }
        WriteOrder order =
                order(body, given.containsHeader(ApiHeaders.IDEMPOTENCY_KEY) ? headers.requestId(given) : null);
        WriteAnswer answer = writes.write(order, patience);
        return ResponseEntity.status(HttpStatus.CREATED)
                .headers(receipts.headers(answer.result(), order.requestId()))
                .body(receipt(order, answer.result()));
    }

    private List<Object> writeAll(JsonNode bodies, long patience) {
        if (bodies.isEmpty() || bodies.size() > MAX_WRITES) {
            throw Problems.badRequest("An array has 1 to " + MAX_WRITES + " writes.");
        }
        List<WriteOrder> orders = new ArrayList<>();
        for (JsonNode body : bodies) {
            orders.add(order(body, null)); // all are looked at before any is written
        }
        List<CompletableFuture<WriteAnswer>> underWay =
                orders.stream().map(order -> beginOrRefuse(order, patience)).toList();
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            WriteAnswer answer = writes.await(underWay.get(i), patience);
            results.add(result(orders.get(i), answer.result()));
        }
        return results;
    }

    private CompletableFuture<WriteAnswer> beginOrRefuse(WriteOrder order, long patience) {
        try {
            return writes.begin(order, patience);
        } catch (Problem full) {
            return CompletableFuture.completedFuture(new WriteAnswer(WriteResult.of(Status.QUEUE_FULL), 0, 0, 0));
        }
    }

    private Object result(WriteOrder order, WriteResult result) {
        if (result.status() == Status.COMMITTED) {
            return receipt(order, result);
        }
        Problem problem =
                Problems.ofWrite(result, order.requestId(), order.key()).forRequest(order.requestId());
        return new Rejected(result.status() == Status.UNKNOWN ? "UNKNOWN" : "REJECTED", problem.getBody());
    }

    private Receipt receipt(WriteOrder order, WriteResult result) {
        return receipts.of(result, order.requestId(), order.key(), order.clientTimestamp());
    }

    private WriteOrder order(JsonNode node, @Nullable String idempotencyKey) {
        if (!node.isObject()) {
            throw Problems.badRequest("A write is a JSON object.");
        }
        WriteBody body = json.treeToValue(node, WriteBody.class);
        if (body.resource() == null || body.value() == null) {
            throw Problems.badRequest("A write needs resource and value.");
        }
        if (idempotencyKey != null && body.requestId() != null && !idempotencyKey.equals(body.requestId())) {
            throw Problems.badRequest("Idempotency-Key and requestId differ.");
        }
        byte[] value = body.value().getBytes(StandardCharsets.UTF_8);
        if (value.length > Bodies.MAX_VALUE) {
            throw Problems.tooLarge(Bodies.MAX_VALUE);
        }
        return new WriteOrder(
                requestId(idempotencyKey, body),
                body.clientId() == null ? null : ApiHeaders.requireVisibleAscii("clientId", body.clientId()),
                body.timestamp(),
                Keys.require(body.resource()),
                value,
                "text/plain;charset=UTF-8",
                null,
                null);
    }

    private String requestId(@Nullable String idempotencyKey, WriteBody body) {
        if (idempotencyKey != null) {
            return idempotencyKey;
        }
        return body.requestId() == null
                ? headers.newRequestId()
                : ApiHeaders.requireVisibleAscii("requestId", body.requestId());
    }
}
