package io.ringstore.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringstore.client.fake.FakeStore;
import io.ringstore.client.read.StoreReads;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WatchHubTests {

    private static final WatchProperties SETTINGS = new WatchProperties(
            10,
            10,
            10,
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            DataSize.ofMegabytes(1),
            16,
            1);

    private final List<FakeStore> stores = List.of(new FakeStore());
    private final StoreReads reads = new StoreReads(List.copyOf(stores), Duration.ofSeconds(1));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double watchers() {
        return meters.get("ringstore.watch.open").tag("kind", "watcher").gauge().value();
    }

    @Test
    void stoppingWaitsForThoseWhoAreNotToldYet() throws InterruptedException {
        var source = new LogSource(List.of("store-0"), List.copyOf(stores), reads);
        try (var hub = new WatchHub(SETTINGS, source, record -> new byte[0], new WatchMetrics(meters))) {
            hub.start();
            EventStream withoutConnection = hub.watch("", 1, 0);

            Thread stopping = Thread.ofPlatform().start(hub::stop);
            State reached = Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(stopping::getState, Set.of(State.TIMED_WAITING, State.TERMINATED)::contains);
            assertThat(reached).isEqualTo(State.TIMED_WAITING);

            withoutConnection.end();
            assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
            assertThat(watchers()).isZero();
        }
    }
}
