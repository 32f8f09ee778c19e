package io.ringstore.client.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.client.ClientApplication;
import java.net.InetAddress;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A gateway that asks nobody who he is listens on loopback only, unless it is told otherwise. */
class OpenGatewayTests {

    private static void start(String... settings) {
        new SpringApplicationBuilder(ClientApplication.class)
                .profiles("test")
                .run(Stream.concat(Stream.of("--server.port=0", "--logging.level.root=OFF"), Stream.of(settings))
                        .toArray(String[]::new))
                .close();
    }

    @Test
    void onAllAddressesItDoesNotStart() {
        assertThatThrownBy(() -> start("--ringstore.access.open=false"))
                .hasRootCauseInstanceOf(OpenGatewayException.class)
                .rootCause()
                .hasMessageContaining("all addresses");
    }

    @Test
    void onAnAddressOfTheNetworkItDoesNotStart() {
        assertThatThrownBy(() -> start("--ringstore.access.open=false", "--server.address=0.0.0.0"))
                .hasRootCauseInstanceOf(OpenGatewayException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.5", "::1"})
    void onLoopbackItDoes(String address) {
        assertThatCode(() -> AccessConfiguration.requireLoopback(InetAddress.getByName(address)))
                .doesNotThrowAnyException();
    }

    @Test
    void withTokensItDoes() {
        assertThatCode(() -> start(
                        "--ringstore.access.open=false", "--ringstore.access.tokens=src/test/resources/api-tokens"))
                .doesNotThrowAnyException();
    }

    @Test
    void itSaysWhatToDo() {
        var analysis = Objects.requireNonNull(new OpenGatewayAnalyzer().analyze(new OpenGatewayException("0.0.0.0")));

        assertThat(analysis.getDescription()).contains("0.0.0.0");
        assertThat(analysis.getAction())
                .contains("./ringstore token", "server.address=127.0.0.1", "ringstore.access.open=true");
    }
}
