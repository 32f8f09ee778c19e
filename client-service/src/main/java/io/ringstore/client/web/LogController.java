package io.ringstore.client.web;

import io.ringstore.api.LogPage;
import io.ringstore.api.WriteResult;
import io.ringstore.client.read.StoreReads;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;

/** Every record in the one total order, and what became of a request. */
@RestController
class LogController {

    private static final int MAX_RECORDS = 1_000;

    private final StoreReads reads;
    private final Receipts receipts;

    LogController(StoreReads reads, Receipts receipts) {
        this.reads = reads;
        this.receipts = receipts;
    }

    /** A stretch of the log; {@code next} is where to go on. */
    record LogView(long from, long last, long next, List<RecordView> records) {}

    @GetMapping("/v1/log")
    LogView log(
            @RequestParam(defaultValue = "1") long from,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency) {
        Consistency.require(consistency, 0L);
        if (from < 1 || limit < 1 || limit > MAX_RECORDS) {
            throw Problems.badRequest("from is at least 1, limit from 1 to " + MAX_RECORDS + ".");
        }
        LogPage page = reads.ask(store -> store.log(from, limit, consistency));
        List<RecordView> records = page.records().stream().map(RecordView::of).toList();
        return new LogView(from, page.last(), from + records.size(), records);
    }

    /** The outcome of a request. */
    record RequestView(
            String requestId, String status, @Nullable Receipt receipt) {}

    @GetMapping("/v1/requests/{requestId}")
    RequestView outcome(@PathVariable String requestId) {
        ApiHeaders.requireVisibleAscii("A request id", requestId);
        WriteResult result;
        try {
            result = reads.ask(store -> store.outcome(requestId));
        } catch (HttpClientErrorException.NotFound unknown) {
            throw Problems.noSuchRequest(requestId);
        }
        return result.status() == WriteResult.Status.COMMITTED
                ? new RequestView(requestId, "COMMITTED", receipts.of(result, requestId, null, null))
                : new RequestView(requestId, result.status().name(), null);
    }
}
