package io.ringstore.client.web;

import io.ringstore.client.gateway.NotAdmitted;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteGateway;
import io.ringstore.client.gateway.WriteOrder;
import io.ringstore.client.gateway.WriteUnderWay;
import org.springframework.stereotype.Component;

/** Sends writes on their way; one that is not committed ends as a problem document that says what became of it. */
@Component
class WriteFlow {

    private final WriteGateway gateway;

    WriteFlow(WriteGateway gateway) {
        this.gateway = gateway;
    }

    /** Asked before a body is read: throws the problem if there is no room for any write. */
    void requireRoom() {
        try {
            gateway.requireRoom();
        } catch (NotAdmitted refused) {
            throw Problems.ofRefusal(refused.reason());
        }
    }

    /** Sends a write on its way, or throws the problem that keeps it from being begun. */
    WriteUnderWay begin(WriteOrder order, long patienceMillis) {
        try {
            return gateway.write(order, patienceMillis);
        } catch (NotAdmitted refused) {
            throw forRequest(Problems.ofRefusal(refused.reason()), order);
        }
    }

    /** Writes, or throws the problem. */
    WriteAnswer write(WriteOrder order, long patienceMillis) {
        WriteAnswer answer = begin(order, patienceMillis).await();
        if (!answer.result().status().isDone()) {
            throw problem(answer, order);
        }
        return answer;
    }

    Problem problem(WriteAnswer answer, WriteOrder order) {
        Problem problem = forRequest(Problems.ofWrite(answer.result(), order.key()), order);
        return answer.node() == null ? problem : problem.with("node", answer.node());
    }

    private static Problem forRequest(Problem problem, WriteOrder order) {
        return problem.forRequest(order.requestId()).header(ApiHeaders.IDEMPOTENCY_KEY, order.requestId());
    }
}
