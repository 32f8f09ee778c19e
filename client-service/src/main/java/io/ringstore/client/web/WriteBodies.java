package io.ringstore.client.web;

import io.ringstore.client.access.Caller;
import io.ringstore.client.gateway.WriteOrder;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads the JSON form of a write; what its body does not say, headers may. */
@Component
class WriteBodies {

    private final ApiHeaders headers;
    private final ObjectMapper json;

    WriteBodies(ApiHeaders headers, ObjectMapper json) {
        this.headers = headers;
        this.json = json;
    }

    /** One write as the body has it. */
    private record WriteBody(
            @Nullable String clientId,
            @Nullable String resource,
            @Nullable String value,
            @Nullable Long timestamp,
            @Nullable String requestId) {}

    WriteOrder order(JsonNode node, HttpServletRequest request, Caller caller) {
        if (!node.isObject()) {
            throw Problems.badRequest("A write is a JSON object.");
        }
        WriteBody body = json.treeToValue(node, WriteBody.class);
        if (body.resource() == null || body.value() == null) {
            throw Problems.badRequest("A write needs resource and value.");
        }
        caller.requireKeys(Keys.require(body.resource()));
        byte[] value = Keys.utf8("A value", body.value());
        if (value.length > Bodies.MAX_VALUE) {
            throw Problems.tooLarge(Bodies.MAX_VALUE);
        }
        return new WriteOrder(
                requestId(body, request),
                body.clientId() == null
                        ? headers.client(request)
                        : ApiHeaders.requireVisibleAscii("clientId", body.clientId()),
                body.timestamp() == null ? headers.clientTimestamp(request) : body.timestamp(),
                caller.principal(),
                "put",
                body.resource(),
                value,
                "text/plain;charset=UTF-8",
                headers.ifRevision(request),
                headers.ifExists(request));
    }

    private String requestId(WriteBody body, HttpServletRequest request) {
        String inBody = body.requestId();
        if (inBody == null) {
            return headers.requestId(request);
        }
        ApiHeaders.requireVisibleAscii("requestId", inBody);
        if (request.getHeader(ApiHeaders.IDEMPOTENCY_KEY) != null
                && !headers.requestId(request).equals(inBody)) {
            throw Problems.badRequest("Idempotency-Key and requestId differ.");
        }
        return inBody;
    }
}
