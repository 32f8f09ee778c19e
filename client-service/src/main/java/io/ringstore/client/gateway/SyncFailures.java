package io.ringstore.client.gateway;

import java.net.ConnectException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** What a failed call to a sync node says about the writes it carried (rules R9, R10). */
final class SyncFailures {

    private SyncFailures() {}

    /** Whether none of the writes can have been queued there; in doubt, no. */
    static boolean certainlyNotApplied(RestClientException failure) {
        return switch (failure) {
            case RestClientResponseException refused -> refused.getStatusCode().is4xxClientError();
            case ResourceAccessException unreachable ->
                unreachable.getCause() instanceof ConnectException
                        || unreachable.getCause() instanceof ConnectTimeoutException
                        || unreachable.getCause() instanceof UnknownHostException;
            default -> false;
        };
    }
}
