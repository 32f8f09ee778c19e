package io.ringstore.store.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * Finds out whether anybody was elected later than this node knows (P2, LINEARIZABLE).
 *
 * <p>Ratis confirms a primary once for each read index: while nothing is written it asks nobody a second time, and one
 * that was replaced without noticing answers from the past. So we ask the members ourselves. If a majority has heard of
 * no later term than ours, none had elected a later primary when it was asked.
 */
final class LatestTerm {

    private final RaftPeerId self;
    private final Function<RaftPeerId, CompletableFuture<Long>> question;

    /** A member that does not answer holds up one question, not one for each read. */
    private final Map<RaftPeerId, SharedRound<Long>> questions = new ConcurrentHashMap<>();

    /** @param question which term a member is in; always ends */
    LatestTerm(RaftPeerId self, Function<RaftPeerId, CompletableFuture<Long>> question) {
        this.self = self;
        this.question = question;
    }

    /**
     * Completes once a majority has said that it knows of no later term, or fails once it cannot any more.
     *
     * @param mine read after whatever depends on it began
     * @param electorates the members, and while they are changed also those from before: each has a majority of its own
     */
    CompletableFuture<Void> confirm(long mine, List<? extends Collection<RaftPeerId>> electorates) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        Set<RaftPeerId> agreed = ConcurrentHashMap.newKeySet();
        agreed.add(self);
        List<CompletableFuture<?>> asked = new ArrayList<>();
        electorates.stream()
                .flatMap(Collection::stream)
                .distinct()
                .filter(peer -> !peer.equals(self))
                .forEach(peer -> asked.add(ask(peer).thenAccept(term -> {
                    if (term <= mine) {
                        agreed.add(peer);
                        completeIfAgreed(confirmed, agreed, electorates);
                    }
                })));
        completeIfAgreed(confirmed, agreed, electorates);
        var _ = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> confirmed.completeExceptionally(
                        new IllegalStateException("only " + agreed + " know of no later term than " + mine)));
        return confirmed;
    }

    private CompletableFuture<Long> ask(RaftPeerId peer) {
        return questions
                .computeIfAbsent(peer, asked -> new SharedRound<>(() -> question.apply(asked)))
                .ask();
    }

    private static void completeIfAgreed(
            CompletableFuture<Void> confirmed,
            Set<RaftPeerId> agreed,
            List<? extends Collection<RaftPeerId>> electorates) {
        if (electorates.stream().allMatch(members -> isMajority(agreed, members))) {
            confirmed.complete(null);
        }
    }

    private static boolean isMajority(Set<RaftPeerId> agreed, Collection<RaftPeerId> members) {
        return 2 * members.stream().filter(agreed::contains).count() > members.size();
    }
}
