package io.ringstore.sync.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.cluster.Fence;
import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.Operation;
import io.ringstore.ledger.Origin;
import io.ringstore.ledger.Precondition;
import io.ringstore.ledger.Refusal;
import io.ringstore.ledger.Step;
import io.ringstore.ledger.Txn;
import io.ringstore.ledger.TxnOutcome;
import io.ringstore.ledger.Value;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.sync.EdgeTest;
import io.ringstore.sync.FakeInbox;
import io.ringstore.sync.Http;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A gateway gets one result for each write, in order, and only what is certain is called certain (rule R9). */
@EdgeTest
class WriteControllerTests {

    private static final Origin ORIGIN = new Origin(
            new Fence(7, 4), new NodeId("sync-1"), 1, 1_000, new NodeId("store-0"), new NodeId("store-0"), 3);

    @LocalServerPort
    private int port;

    @Autowired
    private FakeInbox inbox;

    @Autowired
    private WaitingClients clients;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(port, EdgeTest.SECRET);
        inbox.reset();
    }

    private static String write(String id) {
        return "{\"requestId\":\"%s\",\"op\":\"put\",\"key\":\"k\",\"value\":\"aGVsbG8=\",\"patienceMs\":50}"
                .formatted(id);
    }

    private void loopDecides(WriteOutcome... outcomes) {
        inbox.whenSubmitted(event -> {
            List<RingEvent.Request> requests = ((RingEvent.WritesRequested) event).requests();
            for (int i = outcomes.length - 1; i >= 0; i--) { // the order of decisions is not that of the writes
                clients.answer(requests.get(i).ticket(), outcomes[i], 1_500);
            }
        });
    }

    @Test
    void resultsStandInTheOrderOfTheWrites() {
        loopDecides(
                new WriteOutcome.Decided(new EntryResult.Committed(42, true, false, ORIGIN)),
                new WriteOutcome.Decided(new EntryResult.PreconditionFailed(7)),
                new WriteOutcome.Unknown());

        HttpResponse<String> answer =
                http.post("/sync/writes", "[" + write("a") + "," + write("b") + "," + write("c") + "]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches("\\[\\{\"status\":\"COMMITTED\",\"revision\":42.*\"storeMicros\":1500}.*"
                        + "\\{\"status\":\"PRECONDITION_FAILED\",\"revision\":7.*\\{\"status\":\"UNKNOWN\".*]");
    }

    @ParameterizedTest
    @EnumSource(WriteOutcome.Reason.class)
    void whatWasNotCommittedSaysWhy(WriteOutcome.Reason reason) {
        loopDecides(new WriteOutcome.NotCommitted(reason));
        assertThat(http.post("/sync/writes", "[" + write("a") + "]").body()).contains("\"" + reason + "\"");
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void whatTheStoreRefusedSaysWhy(Refusal reason) {
        loopDecides(new WriteOutcome.Decided(new EntryResult.Refused(reason)));
        assertThat(http.post("/sync/writes", "[" + write("a") + "]").body()).contains("\"" + reason + "\"");
    }

    @Test
    void writesThatComeTogetherAreQueuedTogether() {
        loopDecides(new WriteOutcome.Unknown(), new WriteOutcome.Unknown());
        String delete =
                "{\"requestId\":\"d\",\"op\":\"delete\",\"key\":\"k\",\"ifRevision\":5,\"patienceMs\":99999999}";

        http.post("/sync/writes", "[" + write("a") + "," + delete + "]");

        assertThat(inbox.events).singleElement().isInstanceOfSatisfying(RingEvent.WritesRequested.class, requested -> {
            assertThat(requested.requests()).hasSize(2);
            assertThat(requested.requests().get(1).patienceMillis()).isEqualTo(30_000);
            assertThat(requested.requests().get(1).write().operation())
                    .isEqualTo(new Operation.Delete("k", new Precondition.AtRevision(5)));
        });
    }

    @Test
    void aTransactionIsQueuedAsOneAndItsOutcomeComesBack() {
        Txn txn = new Txn(List.of(), List.of(new Step.Get("k")), List.of());
        TxnOutcome outcome = new TxnOutcome(true, List.of(new TxnOutcome.StepResult.Missing()));
        loopDecides(new WriteOutcome.Decided(new EntryResult.Transacted(7, outcome, false, ORIGIN)));

        HttpResponse<String> answer = http.post("/sync/writes", "[" + transaction(LedgerCodec.encode(txn)) + "]");

        assertThat(answer.body())
                .contains("\"TRANSACTED\"", "\"outcome\":\"" + base64(LedgerCodec.encode(outcome)) + "\"");
        assertThat(inbox.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        RingEvent.WritesRequested.class,
                        requested -> assertThat(
                                        requested.requests().getFirst().write().operation())
                                .isEqualTo(txn));
    }

    @Test
    void whatIsNoTransactionIsRefused() {
        Txn emptyKey = new Txn(List.of(), List.of(new Step.Get("")), List.of());
        Txn large = new Txn(List.of(), List.of(new Step.Put("k", new Value(new byte[300_000], null))), List.of());
        for (byte[] broken :
                List.of(new byte[0], new byte[] {1, 2, 3}, LedgerCodec.encode(emptyKey), LedgerCodec.encode(large))) {
            assertThat(http.post("/sync/writes", "[" + transaction(broken) + "]")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(inbox.events).isEmpty();
    }

    private static String transaction(byte[] encoded) {
        return "{\"requestId\":\"t\",\"op\":\"txn\",\"key\":\"\",\"value\":\"%s\",\"patienceMs\":1000}"
                .formatted(base64(encoded));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void aFullInboxRefusesEveryWriteForCertain() {
        inbox.isFull(true);
        HttpResponse<String> answer = http.post("/sync/writes", "[" + write("a") + "," + write("b") + "]");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).containsSubsequence("\"QUEUE_FULL\"", "\"QUEUE_FULL\"");
    }

    @Test
    void aLoopThatForgetsAWriteMakesThatOneUnknownAndNoOther() {
        loopDecides(new WriteOutcome.NotCommitted(WriteOutcome.Reason.DEADLINE));
        assertThat(http.post("/sync/writes", "[" + write("a") + "," + write("b") + "]")
                        .body())
                .containsSubsequence("\"DEADLINE\"", "\"UNKNOWN\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "[null]",
                "[{}]",
                "[{\"requestId\":\"a\",\"op\":\"put\",\"key\":\"k\"}]",
                "[{\"requestId\":\"a\",\"op\":\"paint\",\"key\":\"k\",\"value\":\"\"}]",
                "[{\"requestId\":\"\",\"op\":\"delete\",\"key\":\"k\"}]",
                "[{\"requestId\":\"a\",\"op\":\"delete\",\"key\":\"\"}]",
                "[{\"requestId\":\"a\",\"op\":\"delete\",\"key\":\"k\"},{\"requestId\":\"b\"}]"
            })
    void whatCannotBeAWriteIs400AndNothingIsQueued(String body) {
        HttpResponse<String> answer = http.post("/sync/writes", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(inbox.events).isEmpty();
    }

    @Test
    void theStateIsTheLoopsOwnOr503() {
        assertThat(http.get("/sync/state").body()).contains("\"id\":\"sync-1\"", "\"index\":1");
        inbox.replies(null);
        assertThat(http.get("/sync/state").statusCode()).isEqualTo(503);
    }
}
