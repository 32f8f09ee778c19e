package io.ringstore.client.watch;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.watch.*}.
 *
 * @param maxWatchers those who watch; beyond it callers are told to back off. The heap must hold what the web server keeps
 *     for each of their connections
 * @param maxPolls long polls, for each of which the web server keeps all buffers of a request
 * @param maxListeners those who listen to the ring
 * @param maxWait the longest wait that a long poll may ask for
 * @param heartbeat after so much silence a stream gets a comment, so that everybody knows it is alive
 * @param patience how long a watcher may take to receive one piece, at most 64 KiB or a page of the log, until it is dropped
 * @param backlog bytes of the latest records that all watchers share
 * @param backlogRecords how many records that may be
 * @param catchUps watchers that may be reading the log at the same time
 */
@Validated
@ConfigurationProperties("ringstore.watch")
public record WatchProperties(
        @DefaultValue("10000") @Positive int maxWatchers,
        @DefaultValue("1000") @Positive int maxPolls,
        @DefaultValue("100") @Positive int maxListeners,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("8MB") DataSize backlog,
        @DefaultValue("8192") @Min(16) int backlogRecords,
        @DefaultValue("16") @Positive int catchUps) {

    public WatchProperties {
        require(maxWait.isPositive(), "max-wait must be positive");
        require(heartbeat.compareTo(Duration.ofMillis(100)) >= 0, "heartbeat must be at least 100 ms");
        require(patience.isPositive(), "patience must be positive");
        require(backlog.toBytes() >= 1 << 20, "backlog must be at least 1 MB");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("ringstore.watch: " + rule);
        }
    }
}
