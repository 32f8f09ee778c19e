package io.ringstore.ledger;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A ledger with three sync nodes in front of it, whose primary's clock the test moves. */
final class LedgerUnderTest {

    static final NodeId STORE = new NodeId("store-0");
    static final List<NodeId> RING = List.of(new NodeId("sync-0"), new NodeId("sync-1"), new NodeId("sync-2"));
    static final LedgerLimits LIMITS =
            new LedgerLimits(Duration.ofMinutes(5), Duration.ofMinutes(1), 1_000, 1_200, 2 << 20);
    static final long START = 1_764_000_000_000L;

    Ledger ledger = new Ledger(LIMITS);
    long now = START;
    long room = Stamp.UNBOUNDED;
    private int claims;

    /** A ledger whose first epoch is open. */
    static LedgerUnderTest inEpochOne() {
        LedgerUnderTest ledger = new LedgerUnderTest();
        ledger.claim(0, OptionalLong.empty());
        return ledger;
    }

    LedgerResult apply(LedgerCommand command) {
        return ledger.apply(new Stamp(now, STORE, 1, STORE, room), command);
    }

    LedgerResult claim(long expectEpoch, OptionalLong expectHop) {
        return apply(claimOf("claim-" + ++claims, expectEpoch, expectHop));
    }

    static Claim claimOf(String claimId, long expectEpoch, OptionalLong expectHop) {
        return new Claim(new RingConfig(0, RING), RING.getFirst(), claimId, expectEpoch, expectHop);
    }

    static Fence fence(long epoch, long hop) {
        return new Fence(epoch, hop);
    }

    /** The batch of the node that the hop belongs to. */
    static Batch batch(long epoch, long hop, Write... writes) {
        Fence fence = fence(epoch, hop);
        List<Entry> entries =
                List.of(writes).stream().map(write -> new Entry(7, write)).toList();
        return new Batch(1, RING.get((int) (hop % RING.size())), fence, entries);
    }

    List<EntryResult> write(long epoch, long hop, Write... writes) {
        return ((BatchApplied) apply(batch(epoch, hop, writes))).results();
    }

    EntryResult one(long epoch, long hop, Write write) {
        return write(epoch, hop, write).getFirst();
    }

    static EntryResult.Refused refused(Refusal reason) {
        return new EntryResult.Refused(reason);
    }

    static Write put(String requestId, String key, String value) {
        return put(requestId, key, value, new Precondition.Always());
    }

    static Write put(String requestId, String key, String value, Precondition precondition) {
        return new Write(requestId, "C1", 5L, null, new Operation.Put(key, value(value), precondition));
    }

    static Write delete(String requestId, String key, Precondition precondition) {
        return new Write(requestId, null, null, null, new Operation.Delete(key, precondition));
    }

    static Write txn(String requestId, List<Comparison> comparisons, List<Step> then, List<Step> otherwise) {
        return new Write(requestId, "C1", 5L, null, new Txn(comparisons, then, otherwise));
    }

    static Value value(String text) {
        return new Value(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    /** A UUIDv7 made at this time. */
    static String uuidAt(long millis) {
        String time = "%012x".formatted(millis);
        return time.substring(0, 8) + "-" + time.substring(8) + "-7000-8000-000000000001";
    }

    /** Stops the ledger and starts it again from a snapshot that went through the codec. */
    void restart() {
        ledger = Ledger.restore(throughCodec(ledger.snapshot()), LIMITS);
    }

    static LedgerSnapshot throughCodec(LedgerSnapshot snapshot) {
        return LedgerCodec.readSnapshot(new DataInputStream(new ByteArrayInputStream(bytes(snapshot))));
    }

    static byte[] bytes(LedgerSnapshot snapshot) {
        var bytes = new ByteArrayOutputStream();
        try {
            LedgerCodec.write(snapshot, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
