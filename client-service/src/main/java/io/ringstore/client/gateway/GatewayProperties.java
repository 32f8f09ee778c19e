package io.ringstore.client.gateway;

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
 * @param callsPerNode calls under way at one sync node; while they are, the next batch gathers
 * @param maxWaiting writes under way in all; beyond it callers are told to back off
 * @param connect how long connecting to a node may take
 * @param readAttempt how long one store node may take to answer a read
 * @param suspicion how long a node that failed is tried only after the others
 */
@Validated
@ConfigurationProperties("ringstore.gateway")
public record GatewayProperties(
        @DefaultValue("sticky") Choice choice,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("30s") Duration maxPatience,
        @DefaultValue("1") @Positive int callsPerNode,
        @DefaultValue("4096") @Positive int maxWaiting,
        @DefaultValue("200ms") Duration connect,
        @DefaultValue("2s") Duration readAttempt,
        @DefaultValue("1s") Duration suspicion) {

    /** How a sync node is chosen. */
    public enum Choice {
        /** The same one as long as it works: the token stays there. */
        STICKY,
        /** One after the other, as the clients of the assignment do together. */
        ROUND_ROBIN
    }
}
