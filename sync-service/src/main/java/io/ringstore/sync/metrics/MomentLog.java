package io.ringstore.sync.metrics;

import io.ringstore.ring.RingMoment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what changes the state of the ring; what happens at every hop is only counted. */
public final class MomentLog implements MomentListener {

    private static final Logger log = LoggerFactory.getLogger(MomentLog.class);

    @Override
    public void told(RingMoment moment) {
        switch (moment) {
            case RingMoment.Joined(var seen) -> log.info("joined ring seen={}", seen);
            case RingMoment.EpochOpened(var fence) -> log.info("epoch opened fence={}", fence);
            case RingMoment.Claiming(long epoch, String reason) ->
                log.info("claiming epoch={} reason={}", epoch + 1, reason);
            case RingMoment.ClaimLost(var newest) -> log.info("claim lost newest={}", newest);
            case RingMoment.Fenced(var fence, var newest) -> log.info("batch fenced fence={} newest={}", fence, newest);
            case RingMoment.PassRefused(var fence, var peer, var seen) ->
                log.info("token refused as stale fence={} peer={} seen={}", fence, peer, seen);
            case RingMoment.Blocked(var fence) -> log.warn("store out of reach fence={}", fence);
            case RingMoment.Unblocked(long millis) -> log.info("store in reach again blockedMs={}", millis);
            case RingMoment.Suspected(var peer) -> log.info("peer suspected peer={}", peer);
            case RingMoment.Cleared(var peer) -> log.info("peer cleared peer={}", peer);
            case RingMoment.Stamped _,
                    RingMoment.Passed _,
                    RingMoment.Copied _,
                    RingMoment.Parked _,
                    RingMoment.Entered _,
                    RingMoment.Written _,
                    RingMoment.Left _,
                    RingMoment.Skipped _,
                    RingMoment.StaleTokenRefused _ -> {}
        }
    }
}
