package io.ringstore.sync.loop;

import io.ringstore.ring.PeerReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what the ring's loop answers at once. */
public final class LoopAnswers {

    /** A loop that has not answered by then is stuck (§4.5). */
    public static final Duration PATIENCE = Duration.ofMillis(500);

    private LoopAnswers() {}

    /** Returns the loop's answer, or null if it is stuck. */
    public static @Nullable PeerReply await(CompletableFuture<PeerReply> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException stuck) {
            answer.cancel(false);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the loop's answers do not fail", broken);
        }
        return null;
    }
}
