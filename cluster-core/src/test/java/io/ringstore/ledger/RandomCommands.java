package io.ringstore.ledger;

import io.ringstore.ledger.LedgerCommand.Compact;
import io.ringstore.ledger.LedgerCommand.Reconfigure;
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
}
