package io.ringstore.client.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.StoreApi;
import io.ringstore.api.WriteMessage;
import io.ringstore.client.fake.FakeStore;
import io.ringstore.client.gateway.WriteAnswer;
import io.ringstore.client.gateway.WriteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever a scenario hurts is whole again afterwards, and no scenario ends without a word. */
class ScenarioTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeStore store = new FakeStore();
    private final Set<OptionalInt> nodesKnown = ConcurrentHashMap.newKeySet();

    private WriteAnswer write(OptionalInt node, WriteOrder order, long patienceMillis) {
        nodesKnown.add(node);
        var result = store.commit(List.of(new WriteMessage(
                        order.requestId(),
                        order.client(),
                        order.clientTimestamp(),
                        null,
                        order.op(),
                        order.key(),
                        order.value(),
                        order.contentType(),
                        null,
                        null,
                        patienceMillis)))
                .getFirst();
        return new WriteAnswer(result, "sync-2", new WriteAnswer.Times(0, 0, 0));
    }

    private Lab lab(Nodes nodes, Duration patience) {
        Map<String, StoreApi> stores = new LinkedHashMap<>(Map.of("store-0", store));
        return new Lab(this::write, new Judge(stores, patience), nodes, patience, () -> {});
    }

    private static Run.View over(Run run) {
        Awaitility.await().atMost(PATIENCE).until(run::isOver);
        return run.view();
    }

    @Test
    void eachHurtsSomebodyHealsItAndEndsWellWhereThePromiseIsKept() {
        List<FakeNodes> played = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        List<Lab> labs = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            FakeNodes nodes = new FakeNodes(false);
            Lab lab = lab(nodes, PATIENCE);
            played.add(nodes);
            labs.add(lab);
            runs.add(lab.start(scenario));
        }

        assertThat(runs).allSatisfy(run -> {
            Run.View view = over(run);
            assertThat(view.state()).as("%s", view).isEqualTo(Run.State.DONE);
            var verdict = Objects.requireNonNull(view.verdict());
            assertThat(verdict.good()).as("%s", verdict).isTrue();
            assertThat(verdict.recoveryMillis()).isNotNull();
        });
        assertThat(played).allSatisfy(nodes -> {
            assertThat(nodes.hurt).isNotEmpty();
            assertThat(nodes.gone).isEmpty();
            assertThat(nodes.armed).isEmpty();
        });
        assertThat(nodesKnown)
                .as("the sync nodes that the five clients know")
                .isEqualTo(IntStream.range(0, 5).mapToObj(OptionalInt::of).collect(Collectors.toSet()));
        labs.forEach(Lab::close);
    }

    @Test
    void oneWhoseNodeDoesNotDieFailsSaysSoAndLeavesNothingArmed() {
        FakeNodes nodes = new FakeNodes(true);
        try (Lab lab = lab(nodes, Duration.ofSeconds(2))) {
            Run.View view = over(lab.start(Scenario.SYNC_CRITICAL));

            assertThat(view.state()).isEqualTo(Run.State.FAILED);
            assertThat(view.failure()).contains("in vain until sync-2 is gone");
            assertThat(nodes.armed).isEmpty();
        }
    }

    @Test
    void whereNothingStartsNodesItSaysThatItWaitsForSomebodyAndWhatIsStillDown() {
        FakeNodes nodes = new FakeNodes(false);
        nodes.leaveStartingToOthers();
        try (Lab lab = lab(nodes, Duration.ofSeconds(2))) {
            Run.View view = over(lab.start(Scenario.SYNC_CRITICAL));

            assertThat(view.failure()).contains("in vain until sync-2 is back");
            assertThat(view.steps())
                    .extracting(Run.Step::text)
                    .contains("Waiting for sync-2 to be started by its restart policy, or by hand.")
                    .contains("sync-2 is still down; nothing here can start it.");
        }
    }

    @Test
    void oneThatIsCancelledStartsItsNodesAgain() {
        FakeNodes nodes = new FakeNodes(false);
        try (Lab lab = lab(nodes, PATIENCE)) {
            Run run = lab.start(Scenario.PRIMARY);
            Awaitility.await().atMost(PATIENCE).until(() -> !nodes.gone.isEmpty());
            run.cancel();

            assertThat(over(run).state()).isEqualTo(Run.State.CANCELLED);
            assertThat(nodes.gone).isEmpty();
        }
    }
}
