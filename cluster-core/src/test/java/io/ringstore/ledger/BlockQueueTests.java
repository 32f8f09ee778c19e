package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What comes first goes first, and a picture never changes. */
class BlockQueueTests {

    private record Shown(Collection<Integer> picture, List<Integer> then) {}

    @Test
    void whateverComesAndGoes() {
        SplittableRandom random = new SplittableRandom(1);
        BlockQueue<Integer> queue = new BlockQueue<>();
        ArrayDeque<Integer> expected = new ArrayDeque<>();
        List<Shown> shown = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            boolean shrinks = i / 5_000 % 3 == 2;
            assertThat(queue.peek()).isEqualTo(expected.peek());
            if (random.nextInt(10) < (shrinks ? 9 : 4) && !expected.isEmpty()) {
                queue.remove();
                expected.remove();
            } else {
                queue.add(i);
                expected.add(i);
            }
            assertThat(queue.size()).isEqualTo(expected.size());
            if (i % 777 == 0) {
                shown.add(new Shown(queue.picture(), List.copyOf(expected)));
            }
        }
        for (Shown each : shown) {
            assertThat(List.copyOf(each.picture())).isEqualTo(each.then());
        }
    }

    @Test
    void whereNothingIsNothingGoes() {
        BlockQueue<Integer> queue = new BlockQueue<>();

        assertThat(queue.peek()).isNull();
        assertThat(queue.picture()).isEmpty();
        assertThatThrownBy(queue.picture().iterator()::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
    }
}
