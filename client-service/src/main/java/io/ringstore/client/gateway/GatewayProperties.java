package io.ringstore.client.gateway;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.gateway.*}.
 *
 * @param choice how a sync node is chosen for a write
 * @param patience how long a write is waited for unless the caller asks for less or more
 * @param maxPatience the most a caller may ask for
 * @param bodyPatience how long the body of a request may take to arrive
 * @param callsPerNode calls under way at one sync node; while they are, the next batch gathers
 * @param maxWaiting writes under way in all; beyond it callers are told to back off
 * @param maxWaitingBytes how much they may weigh together; the heap must hold some times as much
 * @param maxBodyBytes how much of all bodies may be here at the same time, beyond the first 8 KiB of each; JSON counts
 *     eightfold, and the heap must hold twice as much
 * @param maxRequests requests that are being read or answered at the same time, beside those who wait for changes
 * @param silence how long a sync node may be silent on writes before it is asked whether it is alive
 * @param connect how long connecting to a node may take
 * @param readAttempt how long one store node may take to answer a read
 * @param suspicion how long a node that failed is tried only after the others
 * @param admin whether whoever reaches this gateway may take a backup of everything
 */
@Validated
@ConfigurationProperties("ringstore.gateway")
public record GatewayProperties(
        @DefaultValue("sticky") Choice choice,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("30s") Duration maxPatience,
        @DefaultValue("30s") Duration bodyPatience,
        @DefaultValue("1") @Positive int callsPerNode,
        @DefaultValue("4096") @Positive int maxWaiting,
        @DefaultValue("33554432") @Min(1 << 20) int maxWaitingBytes,
        @DefaultValue("67108864") @Min(16 << 20) int maxBodyBytes,
        @DefaultValue("2048") @Positive int maxRequests,
        @DefaultValue("1s") Duration silence,
        @DefaultValue("200ms") Duration connect,
        @DefaultValue("2s") Duration readAttempt,
        @DefaultValue("1s") Duration suspicion,
        @DefaultValue("false") boolean admin) {

    /** Sync nodes wait no longer (ring-protocol.md §5.5). */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);

    public GatewayProperties {
        require(
                patience.isPositive() && patience.compareTo(maxPatience) <= 0,
                "patience must be positive and at most max-patience");
        require(maxPatience.compareTo(LONGEST_PATIENCE) <= 0, "max-patience must be at most 30 s");
        require(
                bodyPatience.isPositive() && silence.isPositive() && connect.isPositive() && readAttempt.isPositive(),
                "body-patience, silence, connect and read-attempt must be positive");
        require(!suspicion.isNegative(), "suspicion must not be negative");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("ringstore.gateway: " + rule);
        }
    }

    /** How a sync node is chosen. */
    public enum Choice {
        /** The same one as long as it works: the token stays there. */
        STICKY,
        /** One after the other, as the clients of the assignment do together. */
        ROUND_ROBIN
    }
}
