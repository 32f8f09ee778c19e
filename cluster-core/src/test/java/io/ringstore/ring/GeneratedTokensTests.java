package io.ringstore.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of tokens and copies that are stale, misdirected or absurd, from whoever knows the secret: refused without
 * effect, in every phase. {@code -Dringstore.seed=…} makes the same ones again.
 */
class GeneratedTokensTests {

    private static final Logger LOG = LoggerFactory.getLogger(GeneratedTokensTests.class);
    private static final int TOKENS = 10_000;
    private static final long[] ODD = {
        Long.MIN_VALUE, -1, 0, 1, 2, 3, 5, 6, 7, 11, Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    private final long seed = Long.getLong("ringstore.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** How a token comes. */
    enum Kind {
        TOKEN,
        COPY
    }

    /** What the node is doing meanwhile. */
    private enum Doing {
        NOTHING,
        PARKING,
        WRITING
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRefusedChangesNothing(Kind kind) {
        LOG.info("generated tokens kind={} seed={}", kind, seed);
        Map<Doing, Integer> refused = new EnumMap<>(Doing.class);
        for (int i = 0; i < TOKENS; i++) {
            Doing doing = Doing.values()[random.nextInt(Doing.values().length)];
            NodeUnderTest node = nodeThatIs(doing);
            NodeReport before = node.report();
            Token token = token();

            List<RingAction> actions = node.on(
                    switch (kind) {
                        case TOKEN -> new RingEvent.TokenArrived(7, NodeUnderTest.peer(random.nextInt(5)), token);
                        case COPY ->
                            new RingEvent.CopyArrived(
                                    7, NodeUnderTest.peer(random.nextInt(5)), token, NodeUnderTest.peer(0));
                    });

            if (!(node.reply() instanceof PeerReply.Taken)) {
                refused.merge(doing, 1, Integer::sum);
                assertThat(actions).as("seed %d, %d: %s", seed, i, token).allMatch(GeneratedTokensTests::isHarmless);
                assertThat(node.report()).as("seed %d, %d: %s", seed, i, token).isEqualTo(before);
            }
            assertThat(node.report().seen())
                    .as("seed %d, %d: %s", seed, i, token)
                    .isGreaterThanOrEqualTo(before.seen());
        }
        assertThat(refused).as("seed %d", seed).containsOnlyKeys(Doing.values());
        refused.values().forEach(number -> assertThat(number).isGreaterThan(TOKENS / 10));
    }

    /** Of a newer ring it may be, which the node asks the store about. */
    private static boolean isHarmless(RingAction action) {
        return action instanceof RingAction.Answer
                || action instanceof RingAction.Tell
                || action instanceof RingAction.ReadView
                || action instanceof RingAction.StartTimer(Timer.ReadRetry _, var _, var _);
    }

    private static NodeUnderTest nodeThatIs(Doing doing) {
        NodeUnderTest node = NodeUnderTest.joined(1);
        switch (doing) {
            case NOTHING -> {}
            case PARKING -> node.takes(NodeUnderTest.idleToken(1, 6));
            case WRITING -> {
                node.asked("a");
                node.takes(NodeUnderTest.idleToken(1, 6));
            }
        }
        return node;
    }

    private Token token() {
        List<OptionalLong> slots = new ArrayList<>();
        int size = random.nextInt(3) > 0 ? 5 : random.nextInt(9);
        for (int i = 0; i < size; i++) {
            slots.add(random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong(1, 100)));
        }
        return new Token(
                random.nextInt(10) > 0 ? "ringstore" : "another",
                random.nextInt(3) > 0 ? 1 : odd(),
                new Fence(
                        random.nextInt(3) > 0 ? 1 : notNegative(),
                        random.nextInt(3) > 0 ? random.nextInt(12) : notNegative()),
                slotsOf(slots),
                random.nextInt(3) > 0 ? random.nextLong(100) : odd());
    }

    private static Slots slotsOf(List<OptionalLong> slots) {
        Slots all = Slots.empty(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            all = all.with(i, slots.get(i));
        }
        return all;
    }

    /** Anything less is refused before it is a fence. */
    private long notNegative() {
        return Math.max(0, odd());
    }

    private long odd() {
        return ODD[random.nextInt(ODD.length)];
    }
}
