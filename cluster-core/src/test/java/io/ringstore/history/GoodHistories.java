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
            String key = "R" + random.nextInt(1, 4);
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

    private void write(int i, String key, long invokedAt, long completedAt) {
        String id = "id-" + i;
        String value = "value-" + i;
        switch (random.nextInt(6)) {
            case 0 -> observations.add(new WriteSeen(id, key, value, invokedAt, completedAt, new End.Refused()));
            case 1 -> {
                if (random.nextBoolean()) {
                    append(id, key, value);
                }
                observations.add(new WriteSeen(id, key, value, invokedAt, Observation.NEVER, new End.Unknown()));
            }
            default -> {
                append(id, key, value);
                observations.add(
                        new WriteSeen(id, key, value, invokedAt, completedAt, new End.Acknowledged(log.size())));
            }
        }
    }

    private void append(String id, String key, String value) {
        long hop = log.size() / 3;
        Logged record = new Logged(log.size() + 1, id, key, value, new Fence(1, hop), new NodeId("sync-" + hop % 5));
        log.add(record);
        latest.put(key, record);
    }
}
