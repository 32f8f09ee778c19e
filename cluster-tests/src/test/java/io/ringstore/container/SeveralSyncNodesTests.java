package io.ringstore.container;

import org.junit.jupiter.api.Test;

/** The holder of the token dies and takes those with it that were to replace it. */
@OnContainers
class SeveralSyncNodesTests {

    private static final int SYNCS = 5;

    private final ComposeCluster cluster;
    private final Trial trial;

    SeveralSyncNodesTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void theHolderAndItsSuccessorDieTogether() throws Exception {
        trial.run(load -> {
            int holder = holder();
            String[] both = {name(holder), name(holder + 1)};
            cluster.kill(both);
            trial.view.awaitGone(both);
            load.awaitProgress();
            cluster.start(both);
            trial.view.awaitBack(both);
            load.awaitProgress();
        });
    }

    @Test
    void fourOfFiveDieAndTheLastOneGoesOnAlone() throws Exception {
        trial.run(load -> {
            int holder = holder();
            String[] four = {name(holder), name(holder + 1), name(holder + 2), name(holder + 3)};
            cluster.kill(four);
            trial.view.awaitGone(four);
            load.awaitProgress();
            cluster.start(four);
            trial.view.awaitBack(four);
            load.awaitProgress();
        });
    }

    private int holder() throws Exception {
        return Integer.parseInt(trial.view.holder().replace("sync-", ""));
    }

    private static String name(int index) {
        return "sync-" + index % SYNCS;
    }
}
