package io.ringstore.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.StoreView;
import io.ringstore.ledger.Value;
import io.ringstore.ledger.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One node of a ring of five with everything around it played by the test; remembers what each step wanted done. */
final class NodeUnderTest {

    static final RingConfig RING = new RingConfig(1, nodes(5));
    static final RingTimers TIMERS = RingTimers.DEFAULT;
    static final long STORE_TIME = 1_764_000_000_000L;

    final NodeId self;
    final RingNode node;
    long now = 1_000;
    private long tickets;
    private List<RingAction> last = List.of();

    NodeUnderTest(int index) {
        self = RING.nodes().get(index);
        node = new RingNode("ringstore", self, new RingConfig(0, RING.nodes()), "life-1", TIMERS, RingLimits.DEFAULT);
    }

    /** A node that has joined a ring whose store is at epoch 1. */
    static NodeUnderTest joined(int index) {
        NodeUnderTest node = new NodeUnderTest(index);
        node.on(new RingEvent.Started());
        node.on(new RingEvent.ViewRead(node.only(RingAction.ReadView.class).read(), view(fence(1, Fence.NO_HOP))));
        return node;
    }

    static List<NodeId> nodes(int size) {
        List<NodeId> nodes = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            nodes.add(new NodeId("sync-" + index));
        }
        return nodes;
    }

    static NodeId peer(int index) {
        return RING.nodes().get(index);
    }

    static Fence fence(long epoch, long hop) {
        return new Fence(epoch, hop);
    }

    static Token token(long epoch, long hop, @Nullable Long... slots) {
        return new Token("ringstore", 1, fence(epoch, hop), Slots.of(Arrays.asList(slots)), 0);
    }

    static Token idleToken(long epoch, long hop) {
        return new Token("ringstore", 1, fence(epoch, hop), Slots.empty(RING.size()), 0);
    }

    static StoreView view(Fence fence) {
        return new StoreView(fence, RING, STORE_TIME);
    }

    private static Write write(String requestId, int size) {
        var put = new Operation.Put("R1", new Value(new byte[size], null), new Precondition.Always());
        return new Write(requestId, "C1", 1L, null, put);
    }

    static EntryResult.Committed committed(long revision, Fence fence) {
        NodeId store = new NodeId("store-0");
        return new EntryResult.Committed(
                revision, true, false, new Origin(fence, peer(0), 0, STORE_TIME, store, store, 1));
    }

    List<RingAction> on(RingEvent event) {
        last = node.handle(now, event);
        return last;
    }

    List<RingAction> after(long millis, RingEvent event) {
        now += millis;
        return on(event);
    }

    List<RingAction> takes(Token token) {
        return on(new RingEvent.TokenArrived(7, peer(0), token));
    }

    static NodeReport reportOf(Fence seen, NodePhase phase, long phaseForMillis) {
        return new NodeReport(seen, phase, phaseForMillis, false, "life-2", 0, OptionalLong.empty(), Slots.empty(5));
    }

    /** The copy of a token that was sent to sync-2 becomes overdue here; returns the round of the check. */
    long copyOverdue() {
        on(new RingEvent.CopyArrived(7, peer(1), token(1, 7, null, null, 5L, null, 6L), peer(2)));
        after(TIMERS.copyHot(), new RingEvent.TimerFired(new Timer.CopyOverdue(fence(1, 7))));
        assertThat(only(RingAction.AskHealth.class).peer()).isEqualTo(peer(2));
        return only(RingAction.ReadView.class).read();
    }

    /** Lets a client ask for a write; returns its ticket. */
    long asked(String requestId) {
        return asked(requestId, 1);
    }

    long asked(String requestId, int size) {
        long ticket = ++tickets;
        on(new RingEvent.WritesRequested(List.of(new RingEvent.Request(ticket, write(requestId, size), 5_000))));
        return ticket;
    }

    List<RingAction> storeAnswers(Fence fence, EntryResult... results) {
        return storeAnswers(fence, fence, results);
    }

    List<RingAction> storeAnswers(Fence fence, Fence storeFence, EntryResult... results) {
        return on(new RingEvent.BatchAnswered(
                fence, new BatchApplied(List.of(results), List.of(), List.of(), view(storeFence))));
    }

    List<RingAction> fires(Timer timer) {
        return on(new RingEvent.TimerFired(timer));
    }

    /** The actions of the last step of one kind. */
    <T extends RingAction> List<T> all(Class<T> kind) {
        return last.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends RingAction> T only(Class<T> kind) {
        List<T> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + kind.getSimpleName() + " in " + last);
        }
        return found.getFirst();
    }

    PeerReply reply() {
        return only(RingAction.Answer.class).reply();
    }

    <T extends Timer> T timer(Class<T> kind) {
        return all(RingAction.StartTimer.class).stream()
                .map(RingAction.StartTimer::timer)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " in " + last));
    }

    NodeReport report() {
        on(new RingEvent.ReportAsked(99));
        return ((PeerReply.Report) reply()).report();
    }
}
