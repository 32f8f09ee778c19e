package io.ringstore.client.gateway;

import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.link.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * Calls to sync nodes, each of which may last as long as its writes are ready to wait. A node that keeps silent is asked
 * now and then whether it is alive; without that, one frozen process would hold writes until their time is over.
 */
final class SyncCalls {

    private static final Logger log = LoggerFactory.getLogger(SyncCalls.class);

    private final ExecutorService threads;
    private final Duration silence;
    private final Traces traces;

    /** @param silence how long a call may take before the node is asked whether it is alive */
    SyncCalls(ExecutorService threads, Duration silence, Traces traces) {
        this.threads = threads;
        this.silence = silence;
        this.traces = traces;
    }

    /** How a call went. */
    sealed interface Outcome {}

    /** One result for each write, in order, each of which makes sense. */
    record Answered(List<WriteResult> results) implements Outcome {}

    /** No such answer came. */
    record Failed(boolean mayBeApplied) implements Outcome {}

    Outcome write(SyncNode node, List<WriteMessage> messages) {
        Outcome outcome = call(node, messages);
        if (outcome instanceof Failed(boolean mayBeApplied)) {
            log.info("sync node failed node={} writes={} mayBeApplied={}", node.id(), messages.size(), mayBeApplied);
        }
        return outcome;
    }

    private Outcome call(SyncNode node, List<WriteMessage> messages) {
        try {
            return await(threads.submit(traces.carry(() -> node.writes().write(messages))), node, messages.size());
        } catch (RejectedExecutionException stopping) {
            return new Failed(false);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Failed(true);
        } catch (ExecutionException failed) {
            log.debug("call failed node={}", node.id(), failed);
            return new Failed(!(failed.getCause() instanceof RestClientException refused
                    && SyncFailures.certainlyNotApplied(refused)));
        }
    }

    private Outcome await(Future<List<WriteResult>> call, SyncNode node, int writes)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                List<WriteResult> results = call.get(silence.toMillis(), TimeUnit.MILLISECONDS);
                return makesSense(results, writes) ? new Answered(results) : new Failed(true);
            } catch (TimeoutException silent) {
                if (!node.isAlive()) {
                    call.cancel(true);
                    return new Failed(true);
                }
            }
        }
    }

    /** An answer that does not fit its question says nothing about any of the writes. */
    private static boolean makesSense(List<WriteResult> results, int writes) {
        return results != null && results.size() == writes && results.stream().allMatch(SyncCalls::makesSense);
    }

    private static boolean makesSense(WriteResult result) {
        if (result == null || result.status() == null) {
            return false;
        }
        boolean saysWhat = result.status() != Status.TRANSACTED || result.outcome() != null;
        return !result.status().isDone() || (result.revision() != null && result.origin() != null && saysWhat);
    }
}
