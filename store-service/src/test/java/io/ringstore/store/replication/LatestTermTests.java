package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeerId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LatestTermTests {

    private static final RaftPeerId SELF = RaftPeerId.valueOf("self");
    private static final RaftPeerId B = RaftPeerId.valueOf("b");
    private static final RaftPeerId C = RaftPeerId.valueOf("c");
    private static final RaftPeerId D = RaftPeerId.valueOf("d");
    private static final RaftPeerId E = RaftPeerId.valueOf("e");

    private final Map<RaftPeerId, List<CompletableFuture<Long>>> asked = new ConcurrentHashMap<>();
    private final LatestTerm latestTerm = new LatestTerm(SELF, this::ask);

    private CompletableFuture<Long> ask(RaftPeerId peer) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        asked.computeIfAbsent(peer, _ -> new CopyOnWriteArrayList<>()).add(answer);
        return answer;
    }

    private List<CompletableFuture<Long>> questionsTo(RaftPeerId peer) {
        return asked.getOrDefault(peer, List.of());
    }

    private void answers(RaftPeerId peer, long term) {
        questionsTo(peer).getLast().complete(term);
    }

    private CompletableFuture<Void> confirm(long term) {
        return latestTerm.confirm(term, List.of(List.of(SELF, B, C)));
    }

    /** AssertJ would take one that never ends for failed. */
    private static void assertFails(CompletableFuture<Void> confirmed) {
        assertThatThrownBy(() -> confirmed.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void isConfirmedByAMajorityAndDoesNotWaitForTheRest() {
        CompletableFuture<Void> confirmed = confirm(7);
        assertThat(confirmed).isNotDone();

        answers(C, 6);

        assertThat(confirmed).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void isNotConfirmedByThoseWhoKnowOfALaterOne() {
        CompletableFuture<Void> confirmed = confirm(7);

        answers(B, 8);
        answers(C, 8);

        assertFails(confirmed);
    }

    @Test
    void isNotConfirmedByTheSilence() {
        CompletableFuture<Void> confirmed = confirm(7);

        questionsTo(B).getLast().completeExceptionally(new IllegalStateException("no answer"));
        questionsTo(C).getLast().completeExceptionally(new IllegalStateException("no answer"));

        assertFails(confirmed);
    }

    @Test
    void isNotConfirmedByOneHalf() {
        CompletableFuture<Void> confirmed = latestTerm.confirm(7, List.of(List.of(SELF, B, C, D)));

        answers(B, 7);
        answers(C, 8);
        answers(D, 8);

        assertFails(confirmed);
    }

    @Test
    void isKnownToWhoIsAlone() {
        assertThat(latestTerm.confirm(7, List.of(List.of(SELF)))).isCompleted();
    }

    @Test
    void needsTheMajorityOfOldAndOfNewMembers() {
        CompletableFuture<Void> confirmed = latestTerm.confirm(7, List.of(List.of(SELF, D, E), List.of(SELF, B, C)));

        answers(D, 7);
        answers(E, 7);
        answers(B, 8);
        assertThat(confirmed).isNotDone();

        answers(C, 7);
        assertThat(confirmed).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void isNotConfirmedByTheOldMembersAlone() {
        CompletableFuture<Void> confirmed = latestTerm.confirm(7, List.of(List.of(SELF, D, E), List.of(SELF, B, C)));

        answers(D, 7);
        answers(E, 7);
        answers(B, 8);
        answers(C, 8);

        assertFails(confirmed);
    }

    @Test
    void isAskedAgainForWhoeverComesLaterButOneQuestionAtATime() {
        CompletableFuture<Void> first = confirm(7);
        CompletableFuture<Void> second = confirm(7);
        CompletableFuture<Void> third = confirm(7);
        assertThat(questionsTo(B)).hasSize(1);

        answers(B, 7);
        assertThat(first).succeedsWithin(30, TimeUnit.SECONDS);
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> questionsTo(B).size() == 2);
        assertThat(second).isNotDone();

        answers(B, 7);
        assertThat(second).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(third).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(questionsTo(B)).hasSize(2);
    }
}
