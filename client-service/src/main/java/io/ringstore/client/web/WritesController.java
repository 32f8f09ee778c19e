package io.ringstore.client.web;

import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.access.Caller;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import io.ringstore.client.gateway.WriteUnderWay;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
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
    private final Bodies whole;
    private final WriteBodies bodies;
    private final ProblemAnswers problems;
    private final ObjectMapper json;

    WritesController(
            WriteFlow writes,
            ApiHeaders headers,
            Receipts receipts,
            Bodies whole,
            WriteBodies bodies,
            ProblemAnswers problems,
            ObjectMapper json) {
        this.writes = writes;
        this.headers = headers;
        this.receipts = receipts;
        this.whole = whole;
        this.bodies = bodies;
        this.problems = problems;
        this.json = json;
    }

    /** Results in the order of the writes. */
    record Results(List<Object> results) {}

    record Rejected(String status, ProblemDetail problem) {}

    @PostMapping(
            path = "/v1/writes",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    void write(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        long patience = headers.patienceMillis(request);
        writes.requireRoom();
        JsonNode body = json.readTree(whole.json(request));
        if (body.isArray()) {
            byte[] results = json.writeValueAsBytes(new Results(writeAll(body, request, patience, caller)));
            Answers.write(response, MediaType.APPLICATION_JSON_VALUE, results);
            return;
        }
        WriteOrder order = bodies.order(body, request, caller);
        receipts.answer(response, HttpStatus.CREATED, writes.write(order, patience), order);
    }

    private List<Object> writeAll(JsonNode body, HttpServletRequest request, long patience, Caller caller) {
        if (request.getHeader(ApiHeaders.IDEMPOTENCY_KEY) != null) {
            throw Problems.badRequest("Each write of an array has a requestId of its own, not Idempotency-Key.");
        }
        if (body.isEmpty() || body.size() > MAX_WRITES) {
            throw Problems.badRequest("An array has 1 to " + MAX_WRITES + " writes.");
        }
        List<WriteOrder> orders = new ArrayList<>();
        for (JsonNode element : body) {
            orders.add(bodies.order(element, request, caller)); // all are looked at before any is written
        }
        List<Begun> begun = orders.stream().map(order -> begin(order, patience)).toList();
        return begun.stream().map(this::result).toList();
    }

    /** A write of an array: on its way, or refused before. */
    private record Begun(
            WriteOrder order,
            @Nullable WriteUnderWay underWay,
            @Nullable Problem refusal) {}

    private Begun begin(WriteOrder order, long patience) {
        try {
            return new Begun(order, writes.begin(order, patience), null);
        } catch (Problem refusal) {
            return new Begun(order, null, refusal);
        }
    }

    private Object result(Begun write) {
        if (write.underWay() == null) {
            return new Rejected("REJECTED", problems.complete(Objects.requireNonNull(write.refusal())));
        }
        WriteAnswer answer = write.underWay().await();
        if (answer.result().status() == Status.COMMITTED) {
            return receipts.of(answer.result(), write.order());
        }
        return new Rejected(
                answer.result().status() == Status.UNKNOWN ? "UNKNOWN" : "REJECTED",
                problems.complete(writes.problem(answer, write.order())));
    }
}
