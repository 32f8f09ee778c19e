package io.ringstore.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringstore.link.ClusterProperties;
import io.ringstore.link.NodeAddress;
import io.ringstore.ring.RingTimers;
import io.ringstore.sync.wire.Self;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** A node that could not work does not start, and says why. */
class RingPropertiesTests {

    @EnableConfigurationProperties(RingProperties.class)
    private static final class Settings {

        @Bean
        RingTimers timers(RingProperties settings) {
            return settings.timers();
        }
    }

    private final ApplicationContextRunner node = new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void theDefaultsAreThoseOfTheProtocol() {
        node.run(context ->
                assertThat(context.getBean(RingProperties.class).timers()).isEqualTo(RingTimers.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "park=0ms, positive",
        "park=-1s, positive",
        "copy-idle=200ms, longer than park",
        "yield=100ms, at least one attempt",
        "stuck=2s, longer than yield",
        "lost=2s, longer than park plus yield",
        "drain=0s, positive",
        "connect=0ms, positive"
    })
    void impossibleTimersAreRefusedAtTheStart(String setting, String reason) {
        node.withPropertyValues("ringstore.ring." + setting)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(reason));
    }

    @ParameterizedTest
    @CsvSource({"max-requests=0", "max-requests=1025", "max-bytes=0", "max-bytes=1048577", "inbox=0", "park=soon"})
    void impossibleSettingsAreRefusedAtTheStart(String setting) {
        node.withPropertyValues("ringstore.ring." + setting)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void aNodeThatIsNotOnTheRingIsRefused() {
        List<NodeAddress> ring = List.of(NodeAddress.valueOf("sync-0=http://h:1"));
        List<NodeAddress> stores = List.of(NodeAddress.valueOf("store-0=http://h:2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Self(new ClusterProperties("c", "sync-7", "0123456789abcdef", ring, stores)))
                .withMessageContaining("ringstore.node is sync-7, but ringstore.sync-nodes has only [sync-0]");
    }
}
