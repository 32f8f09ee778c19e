package io.ringstore.store.replication;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.store.*}.
 *
 * @param data directory of this node's disk; belongs to one node for ever (P6)
 * @param electionMin shortest silence of the primary after which a backup stands for election
 * @param electionMax longest such silence; each backup draws its own between the two
 * @param appendTimeout how long one append or heartbeat may take; below half of {@code electionMin} (P2)
 * @param commitTimeout how long a write waits for its commit until its outcome is called unknown (P12)
 * @param readTimeout how long a read waits for the confirmation of the primary, or for a revision
 * @param snapshotAfter entries of the replicated log after which a snapshot is taken and the log is cut
 * @param snapshotAfterSize bytes of such entries after which one is taken all the same
 * @param keepRevisions how many revisions can be read back at most
 * @param keepFor for how long what a key held can be read back at most
 * @param keepSize how much history there is on disk at most, apart from what grows until the next snapshot
 * @param compactEvery how often the primary looks whether something exceeds these bounds
 * @param segmentSize of the replicated log's files
 * @param historySegmentSize of the history's files
 * @param reserve bytes of the disk that are kept free; with fewer, no writes are taken
 * @param maxState how much all keys may weigh while this node is the primary; if not given, what its heap holds
 * @param founding whether this node may found a cluster together with the others if all of their disks are empty
 */
@Validated
@ConfigurationProperties("ringstore.store")
public record ReplicationProperties(
        @NotNull Path data,
        @DefaultValue("300ms") Duration electionMin,
        @DefaultValue("600ms") Duration electionMax,
        @DefaultValue("140ms") Duration appendTimeout,
        @DefaultValue("5s") Duration commitTimeout,
        @DefaultValue("2s") Duration readTimeout,
        @DefaultValue("25000") @Positive long snapshotAfter,
        @DefaultValue("128MB") DataSize snapshotAfterSize,

        @DefaultValue("1000000") @Positive @Max(1_000_000_000)
        long keepRevisions,

        @DefaultValue("7d") Duration keepFor,
        @DefaultValue("4GB") DataSize keepSize,
        @DefaultValue("10s") Duration compactEvery,
        @DefaultValue("16MB") DataSize segmentSize,
        @DefaultValue("64MB") DataSize historySegmentSize,
        @DefaultValue("64MB") DataSize reserve,
        @Nullable DataSize maxState,
        @DefaultValue("true") boolean founding) {

    public ReplicationProperties {
        if (electionMin.compareTo(electionMax) >= 0) {
            throw new IllegalArgumentException("ringstore.store.election-min must be less than election-max, or"
                    + " backups would stand for election at the same time");
        }
        if (appendTimeout.multipliedBy(2).compareTo(electionMin) > 0) {
            throw new IllegalArgumentException("ringstore.store.append-timeout must not exceed half of election-min:"
                    + " heartbeats wait behind the append in flight");
        }
        if (!keepFor.isPositive() || !compactEvery.isPositive()) {
            throw new IllegalArgumentException("ringstore.store.keep-for and compact-every must be positive");
        }
        if (maxState != null && maxState.toBytes() < 0) {
            throw new IllegalArgumentException("ringstore.store.max-state must not be negative");
        }
        if (keepSize.toBytes() < 2 * historySegmentSize.toBytes()) {
            throw new IllegalArgumentException("ringstore.store.keep-size must be at least twice"
                    + " history-segment-size: history goes file by file, and the newest one stays");
        }
    }

    /** How much all keys may weigh. */
    long room() {
        return maxState == null ? HeapRoom.of(Runtime.getRuntime().maxMemory()) : maxState.toBytes();
    }
}
