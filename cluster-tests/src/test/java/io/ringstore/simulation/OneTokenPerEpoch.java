package io.ringstore.simulation;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.ClaimWon;
import io.ringstore.simulation.Happening.Applied;
import io.ringstore.simulation.Happening.Minted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** S8: an epoch is opened once and its token made once, by whose claim opened it. */
final class OneTokenPerEpoch implements Invariant {

    private final Map<Long, Claim> openedBy = new HashMap<>();
    private final Set<Long> minted = new HashSet<>();

    @Override
    public void check(Happening happening) {
        if (happening instanceof Applied(Claim claim, ClaimWon(long epoch, var _))) {
            Claim first = openedBy.putIfAbsent(epoch, claim);
            require(
                    first == null || first.claimId().equals(claim.claimId()),
                    () -> "epoch %d was opened by %s and by %s".formatted(epoch, first, claim));

        } else if (happening instanceof Minted(NodeId node, Fence fence)) {
            Claim claim = openedBy.get(fence.epoch());
            require(
                    claim != null && claim.node().equals(node),
                    () -> "%s made %s, opened by %s".formatted(node, fence, claim));
            require(minted.add(fence.epoch()), () -> "the token of epoch %d was made twice".formatted(fence.epoch()));
        }
    }
}
