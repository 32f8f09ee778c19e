package io.ringstore.sync.write;

import io.ringstore.api.WriteResult;
import io.ringstore.ring.WriteOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One call of a gateway: as many outcomes as it has writes, in its order. */
final class WriteCall {

    private final AtomicReferenceArray<WriteResult> results;
    private final CountDownLatch undecided;

    WriteCall(int writes) {
        results = new AtomicReferenceArray<>(writes);
        undecided = new CountDownLatch(writes);
    }

    void decide(int place, WriteOutcome outcome, long storeMicros) {
        WriteResult result = WriteMessages.toResult(outcome);
        results.set(place, outcome instanceof WriteOutcome.Decided ? result.withStoreMicros(storeMicros) : result);
        undecided.countDown();
    }

    /** Waits until all are decided; what is not by then is unknown. */
    List<WriteResult> await(long millis) throws InterruptedException {
        boolean all = undecided.await(millis, TimeUnit.MILLISECONDS);
        WriteResult[] decided = new WriteResult[results.length()];
        for (int place = 0; place < decided.length; place++) {
            WriteResult result = results.get(place);
            decided[place] = !all && result == null ? WriteResult.of(WriteResult.Status.UNKNOWN) : result;
        }
        return Arrays.asList(decided);
    }
}
