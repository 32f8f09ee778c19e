package io.ringstore.store.replication;

import io.ringstore.store.replication.Membership.Member;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;

/**
 * The members of a group, and how they are changed.
 *
 * @param asPeer gives a member its address
 */
record Members(RaftServer server, RaftGroupId group, Function<Member, RaftPeer> asPeer) {

    /** As this replica's log says, which may be behind. */
    Membership now() throws IOException {
        RaftServer.Division division = server.getDivision(group);
        RaftConfiguration now = division.getRaftConf();
        boolean settled = now.getPreviousPeers().isEmpty()
                && now.getLogEntryIndex() <= division.getRaftLog().getLastCommittedIndex();
        return new Membership(
                now.getLogEntryIndex(),
                settled,
                now.getCurrentPeers().stream()
                        .map(peer -> new Member(peer.getId().toString(), peer.getPriority()))
                        .toList());
    }

    /**
     * Whether this primary sends entries to every other member.
     *
     * <p>Ratis starts a sender that failed once more, but looks for its receiver among the members only: one that was just
     * being filled is forgotten, taken for filled, and made a member that hears nothing as long as this primary leads.
     */
    boolean everyoneIsServed() throws IOException {
        RaftServer.Division division = server.getDivision(group);
        long[] sentTo = division.getInfo().getFollowerNextIndices();
        int others = division.getRaftConf().getCurrentPeers().size() - 1;
        return sentTo == null || sentTo.length >= others || !now().settled(); // null: it leads no more
    }

    /**
     * Asks Raft for a change: new members are filled while they have no vote, then old and new majority must agree.
     *
     * @param from what the change was decided on; if that is not so any more, nothing is changed
     * @return fails if the change was refused, or given up because a new member fell silent
     */
    CompletableFuture<Void> change(Membership from, Membership to) {
        try {
            return server.setConfigurationAsync(new SetConfigurationRequest(
                            ClientId.randomId(),
                            server.getId(),
                            group,
                            0,
                            SetConfigurationRequest.Arguments.newBuilder()
                                    .setServersInCurrentConf(peers(from))
                                    .setServersInNewConf(peers(to))
                                    .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                                    .build()))
                    .thenAccept(Members::requireSuccess);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Whether Ratis is giving the lead away, so that it takes neither writes nor changes: a change of nothing is refused then.
     *
     * <p>It gives it to a preferred member that has all entries, also if that is gone: in vain, and again at once.
     */
    CompletableFuture<Boolean> isLeadGivenAway() throws IOException {
        Membership now = now();
        return change(now, now)
                .handle((_, refusal) -> refusal instanceof LeaderSteppingDownException
                        || (refusal != null && refusal.getCause() instanceof LeaderSteppingDownException));
    }

    private List<RaftPeer> peers(Membership membership) {
        return membership.members().stream().map(asPeer).toList();
    }

    private static void requireSuccess(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new CompletionException(reply.getException());
        }
    }
}
