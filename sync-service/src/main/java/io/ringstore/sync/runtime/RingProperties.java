package io.ringstore.sync.runtime;

import io.ringstore.ring.RingLimits;
import io.ringstore.ring.RingTimers;
import io.ringstore.sync.store.StoreChoice;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.ring.*} (ring-protocol.md §12.1); relations between them are checked at the start.
 *
 * @param park X: how long an idle token stays at each node
 * @param pass T_send: how long a peer may take to accept the token
 * @param probe T_probe: how long a peer may take to say how it is
 * @param copyHot T_copy while somebody waits
 * @param copyIdle T_copy otherwise; longer than park
 * @param unknown T_unknown: how long a silent peer is believed to be slow rather than dead
 * @param attempt T_attempt: one attempt at the store
 * @param yield T_yield: how long a critical section may wait for the store
 * @param stuck T_stuck: how long a peer may hold the token without moving it
 * @param lost T_lost: how long the token may be out of sight while requests wait
 * @param start T_start: replaces lost after joining
 * @param starve T_starve with no silent peer
 * @param drain T_drain: how long shutting down may take
 * @param connect how long connecting to a peer may take
 * @param maxRequests how many requests may wait, and stand in one batch
 * @param maxBytes how much they may weigh together
 * @param storeChoice which store node a batch goes to first
 * @param inbox how many events may wait for the ring's loop; beyond it callers are told to back off
 */
@Validated
@ConfigurationProperties("ringstore.ring")
public record RingProperties(
        @DefaultValue("200ms") Duration park,
        @DefaultValue("250ms") Duration pass,
        @DefaultValue("200ms") Duration probe,
        @DefaultValue("50ms") Duration copyHot,
        @DefaultValue("250ms") Duration copyIdle,
        @DefaultValue("1s") Duration unknown,
        @DefaultValue("500ms") Duration attempt,
        @DefaultValue("2s") Duration yield,
        @DefaultValue("5s") Duration stuck,
        @DefaultValue("3500ms") Duration lost,
        @DefaultValue("500ms") Duration start,
        @DefaultValue("2s") Duration starve,
        @DefaultValue("5s") Duration drain,
        @DefaultValue("100ms") Duration connect,
        @DefaultValue("1024") @Positive @Max(1024) int maxRequests,
        @DefaultValue("1048576") @Positive @Max(1048576) int maxBytes,
        @DefaultValue("random") StoreChoice storeChoice,
        @DefaultValue("10000") @Positive int inbox) {

    public RingProperties {
        boolean positive = Stream.of(park, pass, probe, copyHot, unknown, attempt, lost, start, starve, drain, connect)
                .allMatch(Duration::isPositive);
        if (!positive) {
            throw new IllegalArgumentException("ringstore.ring: every duration must be positive");
        }
    }

    RingTimers timers() {
        return new RingTimers(
                park.toMillis(),
                pass.toMillis(),
                probe.toMillis(),
                copyHot.toMillis(),
                copyIdle.toMillis(),
                unknown.toMillis(),
                attempt.toMillis(),
                yield.toMillis(),
                stuck.toMillis(),
                lost.toMillis(),
                start.toMillis(),
                starve.toMillis(),
                drain.toMillis());
    }

    RingLimits limits() {
        return new RingLimits(maxRequests, maxBytes);
    }
}
