package io.ringstore.store.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node's disk has room for more entries.
 *
 * <p>A write that fails ends the process (P4). So entries are refused while there is still room for what cannot be
 * refused: votes, marks, a snapshot that was begun. Once space returns they are taken again, and nobody has to do anything.
 */
final class DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

    /** So seldom that it costs nothing, so often that no disk fills meanwhile. */
    private static final long LOOK_EVERY = Duration.ofMillis(100).toNanos();

    private final Measure measure;
    private final long reserve;
    private volatile long lookedAt = System.nanoTime() - LOOK_EVERY;
    private volatile boolean low;

    /** Says how many bytes can still be written. */
    @FunctionalInterface
    interface Measure {
        long usableBytes() throws IOException;
    }

    DiskSpace(Measure measure, long reserve) {
        this.measure = measure;
        this.reserve = reserve;
    }

    static DiskSpace of(Path data, long reserve) {
        return new DiskSpace(() -> Files.getFileStore(data).getUsableSpace(), reserve);
    }

    boolean isLow() {
        long now = System.nanoTime();
        if (now - lookedAt >= LOOK_EVERY) {
            lookedAt = now;
            look();
        }
        return low;
    }

    void look() {
        try {
            long usable = measure.usableBytes();
            // Somewhat more than the reserve must be free again, or it would change its mind with every entry.
            boolean nowLow = usable < (low ? reserve + reserve / 4 : reserve);
            if (nowLow != low) {
                low = nowLow;
                LOG.warn(
                        nowLow
                                ? "disk is nearly full, no writes are taken usableBytes={} reserve={}"
                                : "disk has room again usableBytes={} reserve={}",
                        usable,
                        reserve);
            }
        } catch (IOException e) {
            LOG.debug("free space not known", e);
        }
    }
}
