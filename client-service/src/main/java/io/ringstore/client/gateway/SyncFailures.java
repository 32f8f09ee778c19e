package io.ringstore.client.gateway;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** What a failed call to a sync node says about the writes it carried (rules R9, R10). */
final class SyncFailures {

    /** Of a problem document; whatever else answers 503 does not say it. */
    private static final Pattern NOT_APPLIED = Pattern.compile("\"outcome\"\\s*:\\s*\"not-applied\"");

    private SyncFailures() {}

    /** Whether none of the writes can have been queued there; in doubt, no. */
    static boolean certainlyNotApplied(RestClientException failure) {
        return switch (failure) {
            case RestClientResponseException refused ->
                refused.getStatusCode().is4xxClientError() || saysNotApplied(refused);
            case ResourceAccessException unreachable -> neverSent(unreachable.getCause());
            default -> false;
        };
    }

    private static boolean saysNotApplied(RestClientResponseException refused) {
        return refused.getStatusCode().value() == 503
                && NOT_APPLIED.matcher(refused.getResponseBodyAsString()).find();
    }

    private static boolean neverSent(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof ConnectionRequestTimeoutException
                || cause instanceof UnknownHostException;
    }
}
