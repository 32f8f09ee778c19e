package io.ringstore.client.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.client.node.Answered.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.client.ResourceAccessException;

/** A node where nobody listens is told from one that keeps silent. */
class AnsweredTests {

    static Stream<IOException> nobodyThere() {
        return Stream.of(new ConnectException(), new UnknownHostException(), new NoRouteToHostException());
    }

    static Stream<IOException> silence() {
        return Stream.of(new SocketTimeoutException(), new SocketException());
    }

    private static Status after(IOException failure) {
        return Answered.to("sync-1", () -> {
                    throw new ResourceAccessException("failed", failure);
                })
                .status();
    }

    @ParameterizedTest
    @MethodSource("nobodyThere")
    void whereNobodyListensANodeIsDown(IOException failure) {
        assertThat(after(failure)).isEqualTo(Status.DOWN);
    }

    @ParameterizedTest
    @MethodSource("silence")
    void oneThatIsThereAndSaysNothingIsSuspected(IOException failure) {
        assertThat(after(failure)).isEqualTo(Status.SUSPECTED);
    }

    @Test
    void soIsOneThatAnswersWithoutSayingHowItIs() {
        Answered<String> answer = Answered.to("sync-1", () -> "moments");

        assertThat(answer.status()).isEqualTo(Status.UP);
        assertThat(answer.part(_ -> null).status()).isEqualTo(Status.SUSPECTED);
        assertThat(answer.part(String::length)).isEqualTo(new Answered<>("sync-1", Status.UP, 7));
    }
}
