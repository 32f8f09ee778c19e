package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.ClaimAnswered;
import io.ringstore.simulation.Happening.ClaimSent;
import io.ringstore.simulation.Happening.Stepped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** L3: every claim of a node that has healed is answered, and once the ring has settled no epoch is opened any more. */
final class ClaimsEnd implements Liveness {

    /** Two of the longest pauses between attempts, of a clock that is slow, and the ways there and back. */
    static final long PATIENCE_MILLIS = 6_000;

    private final Agenda agenda;
    private final List<NodeId> core;

    /** The open claim of each life, and since when. */
    private final Map<String, Open> open = new HashMap<>();

    private boolean settled;
    private long newest;

    private record Open(String claimId, long since) {}

    ClaimsEnd(Agenda agenda, List<NodeId> core, long newest) {
        this.agenda = agenda;
        this.core = core;
        this.newest = newest;
    }

    @Override
    public void check(Happening happening) {
        if (happening instanceof ClaimSent(NodeId node, String life, String claimId) && core.contains(node)) {
            Open now = open.get(life);
            if (now == null || !now.claimId().equals(claimId)) {
                open.put(life, new Open(claimId, agenda.millis()));
            }
        } else if (happening instanceof ClaimAnswered(String life, String claimId)) {
            open.computeIfPresent(life, (_, claim) -> claim.claimId().equals(claimId) ? null : claim);
        } else if (happening instanceof Stepped(NodeId node, String life, var _)) {
            Open claim = open.get(life); // only a node that lives waits
            require(
                    claim == null || agenda.millis() - claim.since() <= PATIENCE_MILLIS,
                    () -> "%s waits for the answer to its claim %s".formatted(node, claim));
        } else if (happening instanceof Applied(Claim claim, ClaimWon(long epoch, var _))) {
            require(
                    !settled || epoch <= newest, // a claim that comes once more is answered as before
                    () -> "%s ended an epoch that nobody had to end: %d".formatted(claim.node(), newest));
            newest = Math.max(newest, epoch);
        }
    }

    @Override
    public void quiet() {
        settled = true;
    }
}
