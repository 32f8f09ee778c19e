package io.ringstore.client.web;

import io.ringstore.client.access.Caller;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.Txn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** Several keys compared, read and written as one. */
@RestController
class TxnController {

    private final WriteFlow writes;
    private final ApiHeaders headers;
    private final Receipts receipts;
    private final Bodies bodies;
    private final ObjectMapper json;

    TxnController(WriteFlow writes, ApiHeaders headers, Receipts receipts, Bodies bodies, ObjectMapper json) {
        this.writes = writes;
        this.headers = headers;
        this.receipts = receipts;
        this.bodies = bodies;
        this.json = json;
    }

    @PostMapping(
            path = "/v1/txn",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    void transact(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        if (headers.ifRevision(request) != null || headers.ifExists(request) != null) {
            throw Problems.badRequest("A transaction says in compare what must be true, not in If-Match.");
        }
        long patience = headers.patienceMillis(request);
        writes.requireRoom();
        Txn txn = TxnBodies.txn(json.readTree(bodies.json(request)));
        txn.keys().forEach(caller::requireKeys);
        WriteOrder order = new WriteOrder(
                headers.requestId(request),
                headers.client(request),
                headers.clientTimestamp(request),
                caller.principal(),
                "txn",
                "",
                LedgerCodec.encode(txn),
                null,
                null,
                null);
        WriteAnswer answer = writes.write(order, patience);
        receipts.answer(response, answer, order.requestId(), TxnView.of(answer.result(), txn));
    }
}
