package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It is a {@link TreeMap} in all that is asked of it, and its pictures never change. */
class KeyTreeTests {

    /** Enough for four levels of nodes. */
    private static final int MANY = 100_000;

    private record Shown(Collection<Integer> picture, List<Integer> then) {}

    private final KeyTree<Integer> tree = new KeyTree<>();
    private final NavigableMap<String, Integer> expected = new TreeMap<>();
    private final List<Shown> shown = new ArrayList<>();

    private void put(String key, int value) {
        assertThat(tree.put(key, value)).isEqualTo(expected.put(key, value));
    }

    private void remove(String key) {
        assertThat(tree.remove(key)).isEqualTo(expected.remove(key));
    }

    private void show() {
        shown.add(new Shown(tree.picture(), List.copyOf(expected.values())));
    }

    private void check() {
        assertThat(tree.size()).isEqualTo(expected.size());
        assertThat(all(tree.from("", true))).isEqualTo(List.copyOf(expected.values()));
        for (Shown each : shown) {
            assertThat(each.picture()).hasSize(each.then().size());
            assertThat(all(each.picture().iterator())).isEqualTo(each.then());
        }
    }

    private static List<Integer> all(Iterator<Integer> values) {
        List<Integer> all = new ArrayList<>();
        values.forEachRemaining(all::add);
        return all;
    }

    private static String key(int number) {
        return Integer.toString(number, 36);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300, 5_000})
    void whateverIsPutAndRemovedInWhateverOrder(int keys) {
        SplittableRandom random = new SplittableRandom(keys);
        for (int i = 0; i < 60_000; i++) {
            boolean shrinks = i / 10_000 % 2 == 1;
            String key = key(random.nextInt(keys));
            if (random.nextInt(10) < (shrinks ? 9 : 2)) {
                remove(key);
            } else {
                put(key, i);
            }
            if (i % 3_000 == 0) {
                show();
            }
            if (i % 100 == 0) {
                String from = key(random.nextInt(keys));
                assertThat(tree.get(from)).isEqualTo(expected.get(from));
                assertThat(all(tree.from(from, true)))
                        .isEqualTo(List.copyOf(expected.tailMap(from, true).values()));
                assertThat(all(tree.from(from, false)))
                        .isEqualTo(List.copyOf(expected.tailMap(from, false).values()));
            }
        }
        check();
    }

    @Test
    void keysThatComeAndGoInTheirOrderOrAgainstIt() {
        IntStream.range(0, MANY).forEach(number -> put("up/%06d".formatted(number), number));
        IntStream.range(0, MANY).forEach(number -> put("down/%06d".formatted(MANY - number), number));
        show();
        check();
        IntStream.range(0, MANY).forEach(number -> remove("up/%06d".formatted(number)));
        IntStream.range(0, MANY).forEach(number -> remove("down/%06d".formatted(number + 1)));
        assertThat(tree.size()).isZero();
        put("again", 1);
        check();
    }

    @Test
    void removingWhatIsNotThereIsNothing() {
        show();
        remove("nothing");
        put("a", 1);
        remove("b");
        check();
    }

    @Test
    void afterTheLastThereIsNone() {
        put("a", 1);
        Iterator<Integer> values = tree.from("", true);
        assertThat(values.next()).isEqualTo(1);

        assertThat(values.hasNext()).isFalse();
        assertThatThrownBy(values::next).isInstanceOf(NoSuchElementException.class);
    }
}
