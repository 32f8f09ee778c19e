package io.ringstore.sync.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.MomentMessage;
import io.ringstore.api.MomentsMessage;
import io.ringstore.api.NodeState;
import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ring.RingMoment;
import io.ringstore.ring.Slots;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** People who watch see what happens at a node, of a busy ring whole rotations; nobody else pays for it. */
class RecentMomentsTests {

    private static final int NODES = 5;
    private static final NodeId PEER = new NodeId("sync-3");

    private volatile long now = 1_000;
    private final RecentMoments moments = moments();

    private RecentMoments moments() {
        return new RecentMoments(
                new NodeId("sync-2"),
                NODES,
                fence -> fence.hop() == 7 ? "store-1" : null,
                () -> Instant.ofEpochMilli(now));
    }

    private static RingMoment passed(long hop) {
        return new RingMoment.Passed(new Fence(3, hop), PEER);
    }

    private MomentsMessage after(long seen) {
        return moments.after(seen, 0, () -> null);
    }

    private static List<String> events(MomentsMessage answer) {
        return answer.moments().stream().map(MomentMessage::event).toList();
    }

    @Test
    void eachIsToldOnceWithWhatBelongsToIt() {
        after(Long.MAX_VALUE);
        Fence fence = new Fence(3, 7);
        List.of(
                        new RingMoment.Stamped(fence, Slots.empty(NODES)),
                        new RingMoment.Entered(fence, 4),
                        new RingMoment.Written(fence, 3),
                        new RingMoment.Left(fence, 5),
                        new RingMoment.Parked(fence),
                        new RingMoment.Suspected(PEER),
                        new RingMoment.Claiming(3, "silent"),
                        new RingMoment.EpochOpened(new Fence(4, 2)),
                        new RingMoment.Fenced(fence, new Fence(4, 9)),
                        new RingMoment.PassRefused(fence, PEER, fence))
                .forEach(moments::told);

        MomentsMessage answer = after(0);

        assertThat(answer.moments())
                .containsExactly(
                        new MomentMessage(now, "sync-2", "stamped", 3L, 7L, null, null, null, null),
                        new MomentMessage(now, "sync-2", "entered", 3L, 7L, null, 4, null, null),
                        new MomentMessage(now, "sync-2", "written", 3L, 7L, null, 3, "store-1", null),
                        new MomentMessage(now, "sync-2", "left", 3L, 7L, null, null, null, null),
                        new MomentMessage(now, "sync-2", "suspected", null, null, "sync-3", null, null, null),
                        new MomentMessage(now, "sync-2", "claimed", 4L, 2L, null, null, null, "silent"),
                        new MomentMessage(now, "sync-2", "fenced", 3L, 7L, null, null, null, "newest=4.9"),
                        new MomentMessage(now, "sync-2", "fenced", 3L, 7L, null, null, null, "sync-3 had seen 3.7"));
        assertThat(after(answer.last()).moments()).isEmpty();
        moments.told(passed(12));
        assertThat(events(after(answer.last()))).containsExactly("passed");
    }

    @Test
    void nothingIsKeptWhileNobodyAsks() {
        moments.told(passed(1));
        assertThat(after(0).moments()).isEmpty();

        moments.told(passed(2));
        assertThat(after(0).moments()).hasSize(1);

        now = 6_000;
        moments.told(passed(3));
        assertThat(after(0).moments()).hasSize(1);
    }

    @Test
    void onlySoManyAreKeptAndTheLatestOnes() {
        after(0);
        for (int i = 0; i < 5_000; i++) {
            moments.told(new RingMoment.Suspected(PEER));
        }

        MomentsMessage answer = after(0);

        assertThat(answer.last()).isEqualTo(5_000);
        assertThat(answer.moments()).hasSize(1_024);
    }

    @Test
    void whoWaitsIsToldWhatHappensAndHowTheNodeIsByThen() {
        after(0);
        NodeState state = new NodeState(
                "sync-2", 2, new FenceMessage(3, 12), "IDLE", 0, false, "x", 0, null, Collections.nCopies(NODES, null));
        var answer = new CompletableFuture<MomentsMessage>();
        Thread waiting = Thread.ofPlatform()
                .start(() -> answer.complete(moments.after(0, 2_000, () -> now == 1_001 ? state : null)));
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        now = 1_001;
        moments.told(passed(12));

        assertThat(events(answer.join())).containsExactly("passed");
        assertThat(answer.join().state()).isEqualTo(state);
    }

    @Test
    void whoWaitsInVainIsAnsweredAllTheSame() {
        assertThat(moments.after(Long.MAX_VALUE, 20, () -> null).moments()).isEmpty();
    }

    @Test
    void aRestartShows() {
        assertThat(after(0).incarnation())
                .isNotEqualTo(moments().after(0, 0, () -> null).incarnation());
    }

    @Test
    void anUnhurriedRingIsShownWhole() {
        Sampling sampling = new Sampling(NODES);

        assertThat(LongStream.range(0, 50).filter(rotation -> sampling.shows(fence(rotation), rotation * 100)))
                .hasSize(50);
    }

    @Test
    void ofABusyRingAllNodesShowTheSameFewRotationsAndNothingOfTheOthers() {
        Sampling one = new Sampling(NODES);
        Sampling other = new Sampling(NODES);
        // Four hundred rotations a second, for three seconds; the other node's clock is elsewhere.
        List<Long> shown = LongStream.range(0, 1_200)
                .filter(rotation -> one.shows(fence(rotation), rotation * 5 / 2))
                .boxed()
                .toList();
        List<Long> shownByOther = LongStream.range(0, 1_200)
                .filter(rotation -> other.shows(new Fence(3, rotation * NODES + 3), 77_777 + rotation * 5 / 2))
                .boxed()
                .toList();

        assertThat(shown).isEqualTo(shownByOther);
        assertThat(shown).filteredOn(rotation -> rotation >= 800).hasSizeBetween(5, 10);
    }

    @Test
    void aNodeThatTakesTheRingForBusierShowsAPartOfWhatTheOthersShow() {
        Sampling slow = new Sampling(NODES);
        Sampling fast = new Sampling(NODES);
        LongStream.range(0, 200).forEach(rotation -> slow.shows(fence(rotation), rotation * 10));
        LongStream.range(0, 2_000).forEach(rotation -> fast.shows(fence(rotation), rotation));

        List<Long> bySlow = shown(slow);
        assertThat(bySlow)
                .containsAll(shown(fast))
                .hasSizeGreaterThan(shown(fast).size());
    }

    private static List<Long> shown(Sampling sampling) {
        return LongStream.range(2_048, 2_304)
                .filter(rotation -> sampling.shows(fence(rotation), 1_999))
                .boxed()
                .toList();
    }

    private static Fence fence(long rotation) {
        return new Fence(3, rotation * NODES + 2);
    }
}
