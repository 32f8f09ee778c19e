package io.ringstore.store.replication;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftPeer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a primary gives up a lead with which it can do nothing. */
class PrimaryDutiesTests {

    private static final Membership CHANGING = new Membership(1, false, List.of());
    private static final ReplicaDigest MINE = new ReplicaDigest("store-1-a", 1, 1, Map.of(), CHANGING, true);

    private final Members members = mock();
    private final Leadership leadership = mock();
    private final RaftNode node = mock();
    private final PrimaryDuties duties = new PrimaryDuties(List.of());

    @BeforeEach
    void anotherNodeIsPreferredAndIsGone() throws IOException {
        when(node.members()).thenReturn(members);
        when(node.leadership()).thenReturn(leadership);
        when(members.now()).thenReturn(CHANGING);
        when(members.everyoneIsServed()).thenReturn(true);
        when(leadership.preferredPrimary())
                .thenReturn(Optional.of(RaftPeer.newBuilder().setId("store-0-a").build()));
    }

    private void leadIsGivenAway(boolean answer) throws IOException {
        when(members.isLeadGivenAway()).thenReturn(CompletableFuture.completedFuture(answer));
    }

    private void look() throws IOException {
        duties.attend(node, MINE, List.of());
    }

    @Test
    void itResignsIfTheLeadIsGivenAwayAgainAndAgain() throws IOException {
        leadIsGivenAway(true);
        look();
        look();
        verify(leadership, never()).resign();

        look();

        verify(leadership).resign();
    }

    @Test
    void notIfThatWasForAMoment() throws IOException {
        for (int i = 0; i < 5; i++) {
            leadIsGivenAway(i % 2 == 0);
            look();
        }

        verify(leadership, never()).resign();
    }

    @Test
    void norIfItIsPreferredItself() throws IOException {
        when(leadership.preferredPrimary()).thenReturn(Optional.empty());
        leadIsGivenAway(true);
        for (int i = 0; i < 5; i++) {
            look();
        }

        verify(leadership, never()).resign();
    }

    @Test
    void itResignsIfOneMemberIsLeftOut() throws IOException {
        leadIsGivenAway(false);
        when(members.everyoneIsServed()).thenReturn(false);
        look();
        look();
        verify(leadership, never()).resign();

        look();

        verify(leadership).resign();
        verify(leadership, never()).handOver(any());
    }
}
