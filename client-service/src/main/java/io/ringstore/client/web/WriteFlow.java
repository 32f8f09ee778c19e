package io.ringstore.client.web;

import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteGateway;
import io.ringstore.client.gateway.WriteGateway.TooManyWrites;
import io.ringstore.client.gateway.WriteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Sends a write on its way and waits for its end; a write never ends without an outcome. */
@Component
class WriteFlow {

    /** The gateway ends every write at its deadline; one that it forgot is unknown. */
    private static final long GRACE_MILLIS = 2_000;

    private final WriteGateway gateway;

    WriteFlow(WriteGateway gateway) {
        this.gateway = gateway;
    }

    /** Sends a write on its way. */
    CompletableFuture<WriteAnswer> begin(WriteOrder order, long patienceMillis) {
        try {
            return gateway.write(order, patienceMillis);
        } catch (TooManyWrites full) {
            throw Problems.tooManyWrites(order.requestId());
        }
    }

    /** Waits for a write that is on its way. */
    WriteAnswer await(CompletableFuture<WriteAnswer> underWay, long patienceMillis) {
        try {
            return underWay.get(patienceMillis + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException lost) {
            // said below
        }
        return new WriteAnswer(WriteResult.of(Status.UNKNOWN), 1, 0, patienceMillis);
    }

    /** Writes; anything but a committed write is a problem document. */
    WriteAnswer write(WriteOrder order, long patienceMillis) {
        WriteAnswer answer = await(begin(order, patienceMillis), patienceMillis);
        if (answer.result().status() != Status.COMMITTED) {
            throw Problems.ofWrite(answer.result(), order.requestId(), order.key())
                    .forRequest(order.requestId())
                    .header(ApiHeaders.IDEMPOTENCY_KEY, order.requestId());
        }
        return answer;
    }
}
