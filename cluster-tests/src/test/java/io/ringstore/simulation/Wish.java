package io.ringstore.simulation;

import io.ringstore.ledger.Comparison;
import io.ringstore.ledger.Comparison.Operand;
import io.ringstore.ledger.Comparison.Relation;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param puts values by key, which all stand at one revision or do not stand at all
 */
record Wish(Operation operation, Map<String, String> puts) {

    private static final int KEYS = 5;
    private static final double TRANSACTIONS = 0.3;

    /** One put, or a transaction that puts two keys, if something that may be so is. */
    static Wish drawnBy(Dice dice, String value, Map<String, Long> revisionsSeen) {
        int key = dice.below(KEYS);
        String name = "R" + key;
        if (!dice.chance(TRANSACTIONS)) {
            return new Wish(new Operation.Put(name, value(value), new Precondition.Always()), Map.of(name, value));
        }
        String second = "R" + (key + 1 + dice.below(KEYS - 1)) % KEYS;
        Map<String, String> puts = new LinkedHashMap<>();
        puts.put(name, value + "a");
        puts.put(second, value + "b");
        List<Step> then = new ArrayList<>();
        puts.forEach((put, text) -> then.add(new Step.Put(put, value(text))));
        Txn txn = new Txn(comparisons(dice, name, second, revisionsSeen), then, List.of(new Step.Get(second)));
        return new Wish(txn, puts);
    }

    private static List<Comparison> comparisons(Dice dice, String one, String other, Map<String, Long> revisionsSeen) {
        Operand seen = new Operand.Revision(revisionsSeen.getOrDefault(one, 0L));
        return switch (dice.below(4)) {
            case 0 -> List.of();
            case 1 -> List.of(new Comparison(one, seen, Relation.EQUAL));
            case 2 ->
                List.of(
                        new Comparison(other, new Operand.Existence(true), Relation.EQUAL),
                        new Comparison(one, seen, Relation.GREATER));
            default -> List.of(new Comparison(one, new Operand.Existence(dice.chance(0.5)), Relation.EQUAL));
        };
    }

    private static Value value(String text) {
        return new Value(text.getBytes(StandardCharsets.UTF_8), null);
    }
}
