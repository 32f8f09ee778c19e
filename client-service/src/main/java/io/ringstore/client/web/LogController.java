package io.ringstore.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringstore.api.LogPage;
import io.ringstore.api.WriteResult;
import io.ringstore.client.access.Caller;
import io.ringstore.client.read.StoreReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
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

    @GetMapping(
            path = "/v1/log",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<LogView> log(
            @RequestParam(defaultValue = "1") long from,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = Consistency.LINEARIZABLE) String consistency,
            @RequestParam(required = false) @Nullable Long minRevision,
            Caller caller) {
        caller.requireAllKeys();
        Consistency.require(consistency, minRevision);
        if (from < 1 || limit < 1 || limit > MAX_RECORDS) {
            throw Problems.badRequest("from is at least 1, limit from 1 to " + MAX_RECORDS + ".");
        }
        // A linearizable read keeps what a session asks for: it has every revision that was ever told to anybody.
        String asked = consistency.equals(Consistency.SESSION) ? Consistency.LINEARIZABLE : consistency;
        LogPage page = reads.ask(store -> store.log(from, limit, asked));
        if (minRevision != null && consistency.equals(Consistency.SESSION) && page.last() < minRevision) {
            throw Problems.revisionAhead(minRevision, page.last());
        }
        List<RecordView> records = page.records().stream().map(RecordView::of).toList();
        long next = records.isEmpty() ? from : records.getLast().revision() + 1;
        return json(new LogView(from, page.last(), next, records));
    }

    /**
     * The outcome of a request.
     *
     * @param succeeded of a transaction, which branch was done
     */
    record RequestView(
            String requestId,
            String status,

            @JsonProperty @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean succeeded,

            @Nullable Receipt receipt) {}

    @GetMapping(
            path = "/v1/requests/**",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<RequestView> outcome(HttpServletRequest request, Caller caller) {
        String requestId = ApiHeaders.requireVisibleAscii("A request id", Keys.lastPart(request));
        WriteResult result;
        try {
            result = reads.ask(store -> store.outcome(requestId, caller.requestsOf()));
        } catch (HttpClientErrorException.NotFound unknown) {
            throw Problems.noSuchRequest(requestId);
        }
        if (result.status() == WriteResult.Status.TRANSACTED) {
            boolean succeeded = TxnView.outcome(result).succeeded();
            return json(new RequestView(requestId, "COMMITTED", succeeded, receipts.ofTransaction(result, requestId)));
        }
        if (result.status() != WriteResult.Status.COMMITTED || result.revision() == null) {
            return json(new RequestView(requestId, result.status().name(), null, null));
        }
        return json(new RequestView(requestId, "COMMITTED", null, receipts.ofRemembered(result, requestId)));
    }

    private static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
