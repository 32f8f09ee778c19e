package io.ringstore.link.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringstore.link.failpoint.Fault.Action;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.client.ResourceAccessException;

/** A mute node does as it is told and says nothing; a deaf one is told nothing. */
class OmissionTests {

    /** What one node asks another. */
    public interface Contract {
        int ask();
    }

    private final FailpointSwitches switches = new FailpointSwitches(Failpoint.Where.STORE, () -> 0, new ThisProcess());
    private final AtomicInteger asked = new AtomicInteger();
    private final Contract calls = new LossyCalls(switches).over(Contract.class, asked::incrementAndGet);
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private void drop(Failpoint point) {
        switches.arm(point, Fault.of(Action.DROP, null, null, null));
    }

    private void comeIn(String path) throws Exception {
        new OmissionFilter(switches, Duration.ofMillis(1))
                .doFilter(new MockHttpServletRequest("POST", path), response, (_, answer) -> {
                    asked.incrementAndGet();
                    answer.getOutputStream().print("the answer");
                });
    }

    @Test
    void aNodeThatHearsAndSpeaksAsksAndAnswers() throws Exception {
        assertThat(calls.ask()).isEqualTo(1);
        comeIn("/ring/token");
        assertThat(response.getContentAsString()).isEqualTo("the answer");
    }

    @Test
    void aMuteNodesCallIsNotMade() {
        drop(Failpoint.MUTE);

        assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(calls::ask);
        assertThat(asked).hasValue(0);
        assertThat(calls.ask()).isEqualTo(1);
    }

    @Test
    void aDeafNodesCallIsMadeAndItsAnswerLost() {
        drop(Failpoint.DEAF);

        assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(calls::ask);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aMuteNodeDoesWhatItIsAskedAndDoesNotAnswer() throws Exception {
        drop(Failpoint.MUTE);
        comeIn("/ring/token");

        assertThat(asked).hasValue(1);
        assertThat(response.getStatus()).isEqualTo(504);
        assertThat(response.getContentAsString()).isEmpty();
    }

    @Test
    void aDeafNodeDoesNotDoWhatItIsAsked() throws Exception {
        drop(Failpoint.DEAF);
        comeIn("/ring/token");

        assertThat(asked).hasValue(0);
        assertThat(response.getStatus()).isEqualTo(504);
    }

    @Test
    void aMuteNodeThatIsNotMuteJustNowAnswersInFull() throws Exception {
        switches.arm(Failpoint.MUTE, Fault.of(Action.DELAY, null, null, 1L));
        comeIn("/ring/token");

        assertThat(response.getContentAsString()).isEqualTo("the answer");
    }

    @Test
    void whoeverHoldsTheSwitchesIsAlwaysHeard() throws Exception {
        drop(Failpoint.DEAF);
        comeIn("/actuator/failpoints/deaf");

        assertThat(asked).hasValue(1);
    }

    @Test
    void whatACallThrowsIsThrownAsItIs() {
        Contract broken = new LossyCalls(switches).over(Contract.class, () -> {
            throw new IllegalStateException("refused");
        });
        assertThatIllegalStateException().isThrownBy(broken::ask).withMessage("refused");
    }

    @Test
    void outsideOfTheLabNothingStandsBeforeAClient() {
        Contract client = () -> 1;
        assertThat(new LossyCalls(Failpoints.NONE).over(Contract.class, client)).isSameAs(client);
    }
}
