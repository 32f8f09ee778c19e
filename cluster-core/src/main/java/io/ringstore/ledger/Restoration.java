package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.RingConfig;
import java.util.List;

/**
 * How a ledger goes on after it was restored from a backup: as a new history, in which nothing that was said in the old
 * one means anything any more (decision 7).
 *
 * <p>What was written after the backup is lost, but those who were told of it are still there. So every number that
 * orders something jumps beyond all that the old history can have given out: revisions, epochs, and the ring's
 * configuration.
 *
 * @param second when it is restored, epoch seconds; two restorations never share one
 */
public record Restoration(long second) {

    /** Of revisions; so many may have been written since the backup at the least, whatever the clock says. */
    private static final long REVISIONS = 1_000_000_000;

    private static final long EPOCHS = 1_000_000;

    /** Nobody writes more than that for as long as a cluster lives. */
    private static final long REVISIONS_PER_SECOND = 100_000;

    /** Revisions stay below 2⁴⁸: places in the log have no more room for them, and JSON readers count up to 2⁵³. */
    private static final long LATEST = (1L << 48) / REVISIONS_PER_SECOND - 1;

    public Restoration {
        if (second < 1 || second > LATEST) {
            throw new IllegalArgumentException("no moment to restore at: second " + second);
        }
    }

    /**
     * The state that the new history starts with: all live keys with their revisions, and every request that is still
     * remembered. Nothing is left of the past, so that no revision has two meanings.
     */
    public LedgerSnapshot of(LedgerSnapshot backedUp) {
        long revision = Math.max(backedUp.lastRevision() + REVISIONS, second * REVISIONS_PER_SECOND);
        var fence = new Fence(Math.max(backedUp.fence().epoch() + EPOCHS, second), Fence.NO_HOP);
        RingConfig config = after(backedUp.config());
        long stateHash = new StateHash(backedUp.stateHash())
                .add(second)
                .add(fence.epoch())
                .add(config.id())
                .add(revision)
                .value();
        List<LogRecord> live = backedUp.keys().stream()
                .filter(record -> record.change() instanceof Operation.Put)
                .toList();
        return new LedgerSnapshot(
                fence, null, config, backedUp.storeTime(), revision, revision, stateHash, live, backedUp.requestIds());
    }

    /** The same ring under an id that no node of the old history has: what it still sends is out of place. */
    private RingConfig after(RingConfig backedUp) {
        return backedUp.isInstalled()
                ? new RingConfig(Math.max(backedUp.id() + 1, second), backedUp.nodes())
                : backedUp;
    }
}
