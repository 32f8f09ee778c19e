package io.ringstore.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringstore.ledger.LedgerCommand.Compact;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Commands as a store sees them: mostly batches that fit, with repeated ids, old fences, claims and odd clocks. */
final class RandomCommands {

    private final RandomGenerator random;
    private long time = LedgerUnderTest.START;
    private long epoch = 1;
    private long hop;
    private int ids;

    RandomCommands(RandomGenerator random) {
        this.random = random;
    }

    long now() {
        time += random.nextInt(20) == 0 ? random.nextLong(400_000) : random.nextLong(-50, 500);
        return time;
    }

    LedgerCommand next() {
        return switch (random.nextInt(20)) {
            case 0 -> new Reconfigure(99, LedgerUnderTest.RING);
            case 1 ->
                LedgerUnderTest.claimOf("claim " + random.nextInt(5), epoch, OptionalLong.of(random.nextLong(-1, 9)));
            case 3 -> new Compact(random.nextLong(-3, 150));
            case 2 -> LedgerUnderTest.claimOf("any " + ++ids, epoch++, OptionalLong.empty());
            default -> {
                hop += random.nextInt(-1, 4);
                hop = Math.max(0, hop);
                Write[] writes = new Write[random.nextInt(4)];
                for (int i = 0; i < writes.length; i++) {
                    writes[i] = write();
                }
                yield LedgerUnderTest.batch(epoch, hop, writes);
            }
        };
    }

    private Write write() {
        String id = switch (random.nextInt(3)) {
            case 0 -> "id-" + random.nextInt(40);
            case 1 -> LedgerUnderTest.uuidAt(time + random.nextLong(-400_000, 90_000));
            default -> "new-" + ++ids;
        };
        if (random.nextInt(4) == 0) {
            return LedgerUnderTest.txn(id, comparisons(), steps(), steps());
        }
        String key = "key-" + random.nextInt(6);
        Precondition precondition = switch (random.nextInt(6)) {
            case 0 -> new Precondition.Absent();
            case 1 -> new Precondition.Present();
            case 2 -> new Precondition.AtRevision(random.nextLong(20));
            default -> new Precondition.Always();
        };
        return random.nextInt(5) == 0
                ? LedgerUnderTest.delete(id, key, precondition)
                : LedgerUnderTest.put(id, key, "value-" + random.nextInt(3), precondition);
    }

    private List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Comparison.Operand operand = switch (random.nextInt(3)) {
                case 0 -> new Comparison.Operand.Content(("value-" + random.nextInt(3)).getBytes(UTF_8));
                case 1 -> new Comparison.Operand.Revision(random.nextLong(20));
                default -> new Comparison.Operand.Existence(random.nextBoolean());
            };
            var relations = Comparison.Relation.values();
            comparisons.add(
                    new Comparison("key-" + random.nextInt(6), operand, relations[random.nextInt(relations.length)]));
        }
        return comparisons;
    }

    /** Of different keys, some or none. */
    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int key = random.nextInt(6); key < 6; key += random.nextInt(1, 4)) {
            String name = "key-" + key;
            steps.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new Step.Delete(name);
                        case 1 -> new Step.Get(name);
                        default -> new Step.Put(name, LedgerUnderTest.value("value-" + random.nextInt(3)));
                    });
        }
        return steps;
    }
}
