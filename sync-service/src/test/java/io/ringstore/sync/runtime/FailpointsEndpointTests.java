package io.ringstore.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.sync.EdgeTest;
import io.ringstore.sync.Http;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The switches of the lab exist in the lab only, and only for who knows the cluster's secret. */
class FailpointsEndpointTests {

    private static HttpResponse<String> call(int port, String method, String path, String body, String secret)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Ringstore-Secret", secret)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Nested
    @EdgeTest
    class OutsideOfTheLab {

        @LocalServerPort
        private int port;

        @Test
        void thereIsNoSuchEndpoint() throws Exception {
            assertThat(call(port, "GET", "/actuator/failpoints", "", EdgeTest.SECRET)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(call(port, "POST", "/actuator/failpoints/before-pass", "{\"action\":\"halt\"}", EdgeTest.SECRET)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Nested
    @EdgeTest
    @TestPropertySource(properties = "ringstore.lab.enabled=true")
    class InTheLab {

        @LocalServerPort
        private int port;

        @Test
        void withoutTheSecretNothingIsShownOrArmed() throws Exception {
            assertThat(call(port, "GET", "/actuator/failpoints", "", "a guess of 16 and more")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(call(port, "POST", "/actuator/failpoints/before-pass", "{\"action\":\"drop\"}", "wrong")
                            .statusCode())
                    .isEqualTo(401);
        }

        @Test
        void aFailpointIsArmedShownAndDisarmed() throws Exception {
            HttpResponse<String> armed = call(
                    port,
                    "POST",
                    "/actuator/failpoints/cs.before-store",
                    "{\"action\":\"delay\",\"count\":3,\"probability\":0.5,\"millis\":20}",
                    EdgeTest.SECRET);
            assertThat(armed.statusCode()).isEqualTo(200);

            String shown = call(port, "GET", "/actuator/failpoints", "", EdgeTest.SECRET)
                    .body();
            assertThat(shown)
                    .contains(
                            "\"name\":\"cs.before-store\",\"fault\":{\"action\":\"DELAY\",\"count\":3,\"probability\":0.5")
                    .contains("\"name\":\"after-stamp\",\"fault\":null,\"acted\":0")
                    .doesNotContain("before-forward");

            HttpResponse<String> disarmed =
                    call(port, "DELETE", "/actuator/failpoints/cs.before-store", "", EdgeTest.SECRET);
            assertThat(disarmed.body()).contains("\"fault\":null");
        }

        @Test
        void anUnknownNameIs404WithTheNamesThatThereAre() throws Exception {
            HttpResponse<String> answer =
                    call(port, "POST", "/actuator/failpoints/before-forward", "{\"action\":\"drop\"}", EdgeTest.SECRET);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("before-forward is none of [after-client-reply");
        }

        @Test
        void aFaultThatMakesNoSenseIs400() throws Exception {
            for (String senseless : new String[] {
                "{}",
                "{\"action\":\"explode\"}",
                "{\"action\":\"drop\",\"count\":0}",
                "{\"action\":\"drop\",\"probability\":2}",
                "not json"
            }) {
                assertThat(call(port, "POST", "/actuator/failpoints/mute", senseless, EdgeTest.SECRET)
                                .statusCode())
                        .as(senseless)
                        .isEqualTo(400);
            }
        }

        @Test
        void theRestOfTheNodeIsAsItAlwaysWas() {
            assertThat(new Http(port, EdgeTest.SECRET).get("/sync/state").statusCode())
                    .isEqualTo(200);
        }
    }
}
