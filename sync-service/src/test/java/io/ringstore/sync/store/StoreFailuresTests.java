package io.ringstore.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/** Only what cannot have reached the log is called not applied (rule R9, P12). */
class StoreFailuresTests {

    @ParameterizedTest
    @CsvSource({
        "400, malformed, true",
        "413, too large, true",
        "503, '{\"outcome\" : \"not-applied\"}', true",
        "503, '{\"outcome\":\"unknown\"}', false",
        "503, busy, false",
        "504, '{\"outcome\":\"not-applied\"}', false",
        "500, '', false",
        "502, '', false"
    })
    void aRefusalIsCertainIfItIsTheCallersFaultOrSaysSo(int status, String body, boolean notApplied) {
        RestClientException refused = HttpServerErrorException.create(
                HttpStatusCode.valueOf(status),
                "refused",
                new HttpHeaders(),
                body.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        assertThat(StoreFailures.certainlyNotApplied(refused)).isEqualTo(notApplied);
    }

    @Test
    void aCallThatWasNeverSentIsCertain() {
        assertThat(certain(new ConnectException("refused"))).isTrue();
        assertThat(certain(new ConnectTimeoutException("slow"))).isTrue();
        assertThat(certain(new UnknownHostException("who"))).isTrue();
        assertThat(certain(new ConnectionRequestTimeoutException("pool"))).isTrue();
    }

    @Test
    void aCallThatMayHaveArrivedIsNot() {
        assertThat(certain(new SocketTimeoutException("no answer"))).isFalse();
        assertThat(certain(new SocketException("reset"))).isFalse();
        assertThat(certain(new IOException("anything"))).isFalse();
        assertThat(StoreFailures.certainlyNotApplied(new RestClientException("senseless")))
                .isFalse();
    }

    private static boolean certain(IOException cause) {
        return StoreFailures.certainlyNotApplied(new ResourceAccessException("failed", cause));
    }
}
