package io.ringstore.ledger;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Something that a transaction wants to be true of one key. */
public record Comparison(String key, Operand operand, Relation relation) {

    /** How what is there must stand to what is given. */
    public enum Relation {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        LESS;

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case GREATER -> order > 0;
                case LESS -> order < 0;
            };
        }
    }

    /** What is given, and so what of the key is looked at. */
    public sealed interface Operand {

        /** Compared byte by byte, unsigned. A key that does not exist has no value, and no comparison with it holds. */
        record Content(byte[] bytes) implements Operand {

            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Content(byte[] theirs) && Arrays.equals(bytes, theirs);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(bytes);
            }
        }

        /** Of the key's last write; 0 if it does not exist. */
        record Revision(long revision) implements Operand {}

        record Existence(boolean exists) implements Operand {}
    }

    /**
     * Whether it is so.
     *
     * @param current what the key holds, null if it does not exist
     */
    boolean holds(@Nullable LogRecord current) {
        return switch (operand) {
            case Operand.Content(byte[] bytes) ->
                current != null
                        && current.change() instanceof Operation.Put put
                        && relation.holds(Arrays.compareUnsigned(put.value().bytes(), bytes));
            case Operand.Revision(long revision) ->
                relation.holds(Long.compare(current == null ? 0 : current.revision(), revision));
            case Operand.Existence(boolean exists) -> relation.holds(Boolean.compare(current != null, exists));
        };
    }

    int bytes() {
        return Value.utf8Length(key) + (operand instanceof Operand.Content(byte[] bytes) ? bytes.length : 0);
    }
}
