package io.ringstore.history;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes histories that keep every promise: operations take effect at one instant between their beginning and end. */
final class GoodHistories {

    private final RandomGenerator random;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Logged> log = new ArrayList<>();
    private final Map<String, Logged> latest = new HashMap<>();
    private long revision;

    private GoodHistories(RandomGenerator random) {
        this.random = random;
    }

    static History random(RandomGenerator random, int operations) {
        return new GoodHistories(random).make(operations);
    }

    private History make(int operations) {
        for (int i = 0; i < operations; i++) {
            long instant = 100L * (i + 1);
            long invokedAt = instant - random.nextLong(1, 300);
            long completedAt = instant + random.nextLong(1, 300);
            String key = "R" + random.nextInt(1, 4) + (random.nextInt(4) == 0 ? "'" : "");
            if (random.nextInt(3) == 0) {
                Logged seen = latest.get(key);
                observations.add(new ReadSeen(
                        key,
                        seen == null ? 0 : seen.revision(),
                        seen == null ? null : seen.value(),
                        invokedAt,
                        completedAt));
            } else {
                write(i, key, invokedAt, completedAt);
            }
        }
        return new History(observations, Map.of("store-0", log, "store-1", log.subList(0, log.size() / 2)));
    }

    /** Of one key, or of two at once. */
    private void write(int i, String key, long invokedAt, long completedAt) {
        String id = "id-" + i;
        List<String> keys = random.nextInt(3) == 0 ? List.of(key, key + "'") : List.of(key);
        End end = switch (random.nextInt(6)) {
            case 0 -> new End.Refused();
            case 1 -> new End.Unknown();
            default -> new End.Acknowledged(revision + 1);
        };
        boolean applied = end instanceof End.Acknowledged || (end instanceof End.Unknown && random.nextBoolean());
        revision += applied ? 1 : 0;
        for (String written : keys) {
            String value = "value-" + i + written;
            if (applied) {
                append(id, written, value);
            }
            long ended = end instanceof End.Unknown ? Observation.NEVER : completedAt;
            observations.add(new WriteSeen(id, written, value, invokedAt, ended, end));
        }
    }

    private void append(String id, String key, String value) {
        long hop = revision / 3;
        Logged record = new Logged(revision, id, key, value, new Fence(1, hop), new NodeId("sync-" + hop % 5));
        log.add(record);
        latest.put(key, record);
    }
}
