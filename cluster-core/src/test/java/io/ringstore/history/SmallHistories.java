package io.ringstore.history;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.history.Observation.End;
import io.ringstore.history.Observation.ReadSeen;
import io.ringstore.history.Observation.WriteSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes small histories, right and wrong ones alike, of acknowledged writes and reads of one key. */
final class SmallHistories {

    private SmallHistories() {}

    static History random(RandomGenerator random) {
        int writes = random.nextInt(1, 4);
        List<Logged> log = new ArrayList<>();
        List<Observation> seen = new ArrayList<>();
        for (int i = 1; i <= writes; i++) {
            String id = "id-" + i;
            String value = "value-" + i;
            log.add(new Logged(i, id, "R1", value, new Fence(1, i), new NodeId("sync-0")));
            long from = random.nextLong(20);
            seen.add(new WriteSeen(id, "R1", value, from, from + random.nextLong(1, 12), new End.Acknowledged(i)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int revision = random.nextInt(writes + 1);
            long from = random.nextLong(25);
            seen.add(new ReadSeen(
                    "R1", revision, revision == 0 ? null : "value-" + revision, from, from + random.nextLong(1, 12)));
        }
        return new History(seen, Map.of("store-0", log));
    }
}
