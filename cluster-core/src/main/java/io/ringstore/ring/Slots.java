package io.ringstore.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The vector of a token: each node's oldest waiting timestamp, or nothing if it has no request to be waited for.
 *
 * <p>Nothing covers a node without requests, a skipped node (rule R4) and a blocked one (rule R5) alike: in each case
 * nobody may wait for it.
 */
public final class Slots {

    private static final long EMPTY = Long.MAX_VALUE;

    private final long[] oldest;

    private Slots(long[] oldest) {
        this.oldest = oldest;
    }

    public static Slots empty(int size) {
        long[] oldest = new long[size];
        Arrays.fill(oldest, EMPTY);
        return new Slots(oldest);
    }

    /** From the wire's form, in which an empty slot is null. */
    public static Slots of(List<@Nullable Long> vector) {
        return new Slots(
                vector.stream().mapToLong(slot -> slot == null ? EMPTY : slot).toArray());
    }

    /** In the wire's form, in which an empty slot is null. */
    public List<@Nullable Long> toVector() {
        List<@Nullable Long> vector = new ArrayList<>(oldest.length);
        for (long slot : oldest) {
            vector.add(slot == EMPTY ? null : slot);
        }
        return vector;
    }

    public int size() {
        return oldest.length;
    }

    public OptionalLong at(int index) {
        return oldest[index] == EMPTY ? OptionalLong.empty() : OptionalLong.of(oldest[index]);
    }

    public Slots with(int index, OptionalLong timestamp) {
        long[] changed = oldest.clone();
        changed[index] = timestamp.orElse(EMPTY);
        return new Slots(changed);
    }

    public Slots without(int index) {
        return with(index, OptionalLong.empty());
    }

    public boolean areEmpty() {
        return Arrays.stream(oldest).allMatch(slot -> slot == EMPTY);
    }

    /** Whether some node other than {@code index} waits. */
    public boolean anyBeside(int index) {
        return !without(index).areEmpty();
    }

    /** Whether this node waits and no other waits longer; ties go to the smaller index. */
    public boolean isOldest(int index) {
        for (int other = 0; other < oldest.length; other++) {
            if (oldest[other] < oldest[index] || (other < index && oldest[other] == oldest[index])) {
                return false;
            }
        }
        return oldest[index] != EMPTY;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slots slots && Arrays.equals(oldest, slots.oldest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(oldest);
    }

    @Override
    public String toString() {
        return toVector().toString();
    }
}
