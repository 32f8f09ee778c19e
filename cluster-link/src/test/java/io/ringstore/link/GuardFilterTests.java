package io.ringstore.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Only members of the cluster get in, and only with bodies of a sane size. */
class GuardFilterTests {

    private static final String SECRET = "0123456789abcdef";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final GuardFilter guard = new GuardFilter(new Credentials(new ClusterSecret(SECRET)), meters);
    private final MockHttpServletRequest request = post("/ring/token");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final AtomicInteger reached = new AtomicInteger();

    private static MockHttpServletRequest post(String path) {
        var request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        return request;
    }

    private void send() throws Exception {
        guard.doFilter(request, response, (_, _) -> reached.incrementAndGet());
    }

    @Test
    void theRightSecretLetsIn() throws Exception {
        request.addHeader(ClusterSecret.HEADER, SECRET);
        send();
        assertThat(reached).hasValue(1);
    }

    @Test
    void aWrongOneIs401AndReachesNothing() throws Exception {
        request.addHeader(ClusterSecret.HEADER, SECRET + "0");
        send();
        assertThat(reached).hasValue(0);
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(response.getContentAsString()).doesNotContain(SECRET);
    }

    @Test
    void whereCallsGoOverTlsTheSecretAloneIs401() throws Exception {
        NodeTls tls = NodeTls.by(new DefaultSslBundleRegistry("nodes", SslBundle.systemDefault()), "nodes");
        var guarded = new GuardFilter(new Credentials(new ClusterSecret(SECRET), tls), meters);
        request.addHeader(ClusterSecret.HEADER, SECRET);

        guarded.doFilter(request, response, (_, _) -> reached.incrementAndGet());
        assertThat(reached).hasValue(0);
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentAsString()).contains("by TLS, a certificate");

        request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[1]);
        guarded.doFilter(request, new MockHttpServletResponse(), (_, _) -> reached.incrementAndGet());
        assertThat(reached).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({", 200", "1, 200", "2, 400", "one, 400"})
    void aCallOfAVersionThatNobodyHereUnderstandsIsRefused(@Nullable String version, int status) throws Exception {
        request.addHeader(ClusterSecret.HEADER, SECRET);
        if (version != null) {
            request.addHeader(WireVersion.HEADER, version);
        }
        send();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(reached).hasValue(status == 200 ? 1 : 0);
    }

    @Test
    void noneIs401() throws Exception {
        send();
        assertThat(reached).hasValue(0);
        assertThat(response.getStatus()).isEqualTo(401);
    }

    @Test
    void aBodyThatSaysItIsTooLargeIs413AndIsNotRead() throws Exception {
        request.addHeader(ClusterSecret.HEADER, SECRET);
        request.setContent(new byte[(2 << 20) + 1]);
        send();
        assertThat(reached).hasValue(0);
        assertThat(response.getStatus()).isEqualTo(413);
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsEndsAtTheLimit() throws Exception {
        var unsaid = new MockHttpServletRequest("POST", "/ring/token") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        unsaid.addHeader(ClusterSecret.HEADER, SECRET);
        unsaid.setContent(new byte[(2 << 20) + 1]);

        guard.doFilter(unsaid, response, (limited, _) -> {
            reached.incrementAndGet();
            assertThatIOException().isThrownBy(() -> limited.getInputStream().readAllBytes());
        });
        assertThat(reached).hasValue(1);
    }

    private double refused(String path, int status) {
        var counter = meters.find("ringstore.refused")
                .tags("path", path, "status", String.valueOf(status))
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void whatIsRefusedIsCountedByPathAndStatus() throws Exception {
        request.addHeader(ClusterSecret.HEADER, SECRET);
        guard.doFilter(request, response, (_, answer) -> ((HttpServletResponse) answer).setStatus(409));
        assertThat(refused("/ring/token", 409)).isEqualTo(1);

        guard.doFilter(post("/ring/token"), response, new MockFilterChain());
        assertThat(refused("/ring", 401)).isEqualTo(1);
    }

    @Test
    void whatIsTakenIsNot() throws Exception {
        request.addHeader(ClusterSecret.HEADER, SECRET);
        send();
        assertThat(meters.find("ringstore.refused").counters()).isEmpty();
    }

    /** Each name would be a meter of its own, and they are kept for ever. */
    @Test
    void strangersCannotMakeUpTags() throws Exception {
        for (int i = 0; i < 10; i++) {
            guard.doFilter(post("/ring/" + i), response, new MockFilterChain());
        }
        assertThat(refused("/ring", 401)).isEqualTo(10);
    }

    /** A comparison that ends at the first wrong byte would let a secret be felt out byte by byte. */
    @Test
    void secretsAreComparedByTheOneMethodThatTakesConstantTime() throws Exception {
        try (InputStream compiled = ClusterSecret.class.getResourceAsStream("ClusterSecret.class")) {
            String constants = new String(Objects.requireNonNull(compiled).readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(constants).contains("java/security/MessageDigest", "isEqual");
        }
    }
}
