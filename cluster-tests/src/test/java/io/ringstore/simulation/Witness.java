package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.Transacted;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.Slots;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.simulation.Happening.Accepted;
import io.ringstore.simulation.Happening.Acknowledged;
import io.ringstore.simulation.Happening.Blocked;
import io.ringstore.simulation.Happening.Entered;
import io.ringstore.simulation.Happening.Held;
import io.ringstore.simulation.Happening.Minted;
import io.ringstore.simulation.Happening.Skipped;

/** Makes happenings of what one life of a node does, and counts what the protocol did about faults. */
final class Witness {

    private final NodeId node;
    private final String life;
    private final World world;
    private final Cluster cluster;

    Witness(NodeId node, String life, World world, Cluster cluster) {
        this.node = node;
        this.life = life;
        this.world = world;
        this.cluster = cluster;
    }

    void replied(RingEvent event, PeerReply reply) {
        if (event instanceof RingEvent.TokenArrived(var _, var _, var token) && reply instanceof PeerReply.Taken) {
            world.happened(new Accepted(node, life, token.fence()));
        }
        if (reply instanceof PeerReply.Stale) {
            world.tally.count(Fault.STALE_TOKEN_REFUSED);
        }
    }

    void answered(String requestId, WriteOutcome outcome) {
        world.note(() -> "%s answers %s: %s".formatted(node, Lines.shortened(requestId), Lines.of(outcome)));
        if (outcome instanceof WriteOutcome.Decided(Committed(long revision, var _, boolean duplicate, var _))) {
            acknowledged(requestId, revision, duplicate);
        } else if (outcome instanceof WriteOutcome.Decided(Transacted(long revision, var did, boolean duplicate, var _))
                && did.wrote()) {
            acknowledged(requestId, revision, duplicate);
        }
    }

    private void acknowledged(String requestId, long revision, boolean duplicate) {
        world.happened(new Acknowledged(requestId, revision));
        if (duplicate) {
            world.tally.count(Fault.WRITE_DUPLICATE);
        }
    }

    void told(RingMoment moment) {
        switch (moment) {
            case RingMoment.Stamped(var fence, var slots) -> world.happened(new Held(node, fence, waitsIn(slots)));
            case RingMoment.Entered(var fence, var _) -> world.happened(new Entered(node, fence));
            case RingMoment.EpochOpened(var fence) -> world.happened(new Minted(node, fence));
            case RingMoment.Joined _ -> {
                if (!life.endsWith("#1")) {
                    world.tally.count(Fault.REJOINED);
                }
            }
            case RingMoment.Written(var _, int committed) -> {
                if (committed > 0 && cluster.ring().size() > 1 && cluster.up().size() == 1) {
                    world.tally.count(Fault.LAST_NODE_SERVED);
                }
            }
            case RingMoment.Skipped(var _, var peer) -> {
                world.tally.count(Fault.NODE_SKIPPED);
                world.happened(new Skipped(peer));
            }
            case RingMoment.Blocked _ -> {
                world.tally.count(Fault.NODE_BLOCKED);
                world.happened(new Blocked(node));
            }
            case RingMoment.Passed _,
                    RingMoment.Copied _,
                    RingMoment.Parked _,
                    RingMoment.Fenced _,
                    RingMoment.PassRefused _,
                    RingMoment.Left _,
                    RingMoment.Unblocked _,
                    RingMoment.Suspected _,
                    RingMoment.Cleared _,
                    RingMoment.StaleTokenRefused _,
                    RingMoment.Claiming _,
                    RingMoment.ClaimLost _ -> {}
        }
    }

    private boolean waitsIn(Slots slots) {
        int index = cluster.ring().indexOf(node);
        return index >= 0 && index < slots.size() && slots.at(index).isPresent();
    }
}
