package io.ringstore.client.watch;

import io.ringstore.api.MomentMessage;
import io.ringstore.api.MomentsMessage;
import io.ringstore.api.NodeState;
import io.ringstore.api.SyncApi;
import io.ringstore.client.node.Answered;
import io.ringstore.client.node.Answered.Status;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one sync node what happens there, and with it how it is, as long as anybody wants to know. The node keeps the answer
 * back until something happens: so a node that dies is missed at once, by the call that breaks.
 */
final class SyncQuestions {

    /** How long a node may keep an answer back. */
    static final long HOLD_MILLIS = 1_000;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FAILURE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String id;
    private final SyncApi node;
    private volatile @Nullable Answered<NodeState> latest;

    SyncQuestions(String id, SyncApi node) {
        this.id = id;
        this.node = node;
    }

    /** Whether it has said something, or has failed to. */
    boolean isAnswered() {
        return latest != null;
    }

    /** What it said last. */
    Answered<NodeState> latest() {
        Answered<NodeState> known = latest;
        return known == null ? new Answered<>(id, Status.SUSPECTED, null) : known;
    }

    /** What it said before was to others. */
    void forget() {
        latest = null;
    }

    /**
     * Returns when it is not wanted any more.
     *
     * @param listener told after each answer, also of no moments
     */
    void askWhile(BooleanSupplier isWanted, Consumer<List<MomentMessage>> listener) {
        String incarnation = "";
        long seen = Long.MAX_VALUE;
        Status before = Status.DOWN;
        while (true) {
            long after = seen;
            long hold = before == Status.UP ? HOLD_MILLIS : 0;
            Answered<MomentsMessage> answer = Answered.to(id, () -> node.moments(after, hold));
            if (!isWanted.getAsBoolean()) {
                return; // whoever wants it by now asks for it again
            }
            latest = answer.part(MomentsMessage::state);
            MomentsMessage told = answer.state();
            if (told == null) {
                listener.accept(List.of());
                // A call that breaks does not tell a dead node from a silent one: the next one does.
                LockSupport.parkNanos(before == Status.UP ? 0 : FAILURE_PAUSE_NANOS);
            } else {
                boolean restarted =
                        !incarnation.isEmpty() && !told.incarnation().equals(incarnation);
                incarnation = told.incarnation();
                seen = restarted ? 0 : told.last();
                listener.accept(told.moments());
                LockSupport.parkNanos(restarted ? 0 : PAUSE_NANOS);
            }
            before = answer.status();
        }
    }
}
