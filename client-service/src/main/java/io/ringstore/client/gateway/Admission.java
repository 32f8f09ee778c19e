package io.ringstore.client.gateway;

import io.ringstore.client.gateway.NotAdmitted.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Lets in as many writes as may be under way at once, and none twice at the same time. */
final class Admission {

    private final Semaphore writes;
    private final Semaphore bytes;
    private final Map<String, PendingWrite> underWay = new ConcurrentHashMap<>();

    Admission(int maxWrites, int maxBytes) {
        this.writes = new Semaphore(maxWrites);
        this.bytes = new Semaphore(maxBytes);
    }

    /** Whether nothing at all is let in now. */
    boolean isFull() {
        return writes.availablePermits() == 0;
    }

    /** @throws NotAdmitted if there is no room, or the same request id is being written right now */
    void admit(PendingWrite write) {
        WriteOrder order = write.order;
        if (!writes.tryAcquire()) {
            throw new NotAdmitted(Reason.FULL);
        }
        if (!bytes.tryAcquire(order.weight())) {
            writes.release();
            throw new NotAdmitted(Reason.FULL);
        }
        if (underWay.putIfAbsent(order.requestId(), write) != null) {
            release(order);
            throw new NotAdmitted(Reason.BEING_WRITTEN);
        }
    }

    void leave(WriteOrder order) {
        underWay.remove(order.requestId());
        release(order);
    }

    /** The writes that have waited longest, and how many there are. */
    WritesUnderWay look(int most) {
        List<WritesUnderWay.Waiting> oldest = underWay.values().stream()
                .map(PendingWrite::look)
                .sorted(Comparator.comparingLong(WritesUnderWay.Waiting::waitedMillis)
                        .reversed())
                .limit(most)
                .toList();
        return new WritesUnderWay(underWay.size(), oldest);
    }

    private void release(WriteOrder order) {
        bytes.release(order.weight());
        writes.release();
    }
}
