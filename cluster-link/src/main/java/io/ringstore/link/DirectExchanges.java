package io.ringstore.link;

import io.ringstore.link.shortcut.BodyForm;
import io.ringstore.link.trace.Traces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Makes the calls of a contract. Those that every hop and every write makes are a {@code POST} of a body to a fixed path: they
 * go past {@code RestClient}, which would cost more than the call, and end in the same answers and exceptions. The rest
 * goes the usual way.
 */
final class DirectExchanges implements HttpExchangeAdapter {

    /** Of a refusal, in the message of its exception. */
    private static final int QUOTED_MAX = 500;

    private final NodeConnections connections;
    private final NodeConnections.Patience patience;
    private final HttpExchangeAdapter usual;
    private final Refusals refusals;
    private final Traces traces;

    /** What becomes of 4xx and 5xx. */
    enum Refusals {
        THROWN,
        ANSWERS
    }

    DirectExchanges(
            NodeConnections connections,
            NodeConnections.Patience patience,
            HttpExchangeAdapter usual,
            Refusals refusals,
            Traces traces) {
        this.connections = connections;
        this.patience = patience;
        this.usual = usual;
        this.refusals = refusals;
        this.traces = traces;
    }

    @Override
    public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        return isDirect(values) ? post(values, type).getBody() : usual.exchangeForBody(values, type);
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        return isDirect(values) ? post(values, type) : usual.exchangeForEntity(values, type);
    }

    private static boolean isDirect(HttpRequestValues values) {
        return HttpMethod.POST.equals(values.getHttpMethod())
                && values.getBodyValue() != null
                && values.getUriTemplate() != null
                && values.getUriVariables().isEmpty();
    }

    private <T> ResponseEntity<T> post(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        String path = Objects.requireNonNull(values.getUriTemplate());
        try {
            NodeConnections.Answer answer = post(path, values);
            HttpStatusCode status = HttpStatusCode.valueOf(answer.status());
            if (status.isError() && refusals == Refusals.THROWN) {
                throw refusal(path, status, answer);
            }
            return ResponseEntity.status(status).body(read(answer, type));
        } catch (IOException e) {
            throw new ResourceAccessException("no answer from " + connections.base() + path + ": " + e.getMessage(), e);
        }
    }

    private NodeConnections.Answer post(String path, HttpRequestValues values) throws IOException {
        Object body = Objects.requireNonNull(values.getBodyValue());
        ParameterizedTypeReference<?> type = values.getBodyValueType();
        BodyForm<Object> form = BodyForms.of(type == null ? body.getClass() : type.getType());
        Map<String, String> headers = values.getHeaders().toSingleValueMap();
        traces.headers(headers::put);
        return connections.post(path, form.mediaType(), form.write(body), headers, patience);
    }

    private <T> @Nullable T read(NodeConnections.Answer answer, ParameterizedTypeReference<T> type) {
        if (answer.body().length == 0) {
            return null;
        }
        try {
            return BodyForms.<T>of(type.getType(), answer.type()).read(new ByteArrayInputStream(answer.body()));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new RestClientException(
                    "the answer of " + connections.base() + " is not what it should be", malformed);
        }
    }

    private RestClientResponseException refusal(String path, HttpStatusCode status, NodeConnections.Answer answer) {
        byte[] body = answer.body();
        String said = new String(body, 0, Math.min(body.length, QUOTED_MAX), StandardCharsets.UTF_8);
        String message = status.value() + " from " + connections.base() + path + ": " + said;
        HttpHeaders headers = new HttpHeaders();
        if (answer.type() != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, answer.type());
        }
        return status.is4xxClientError()
                ? HttpClientErrorException.create(message, status, "", headers, body, StandardCharsets.UTF_8)
                : HttpServerErrorException.create(message, status, "", headers, body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean supportsRequestAttributes() {
        return usual.supportsRequestAttributes();
    }

    @Override
    public void exchange(HttpRequestValues values) {
        usual.exchange(values);
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues values) {
        return usual.exchangeForHeaders(values);
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues values) {
        return usual.exchangeForBodilessEntity(values);
    }
}
