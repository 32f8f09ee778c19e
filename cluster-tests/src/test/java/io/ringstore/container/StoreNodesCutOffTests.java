package io.ringstore.container;

import org.junit.jupiter.api.Test;

/** The network around a minority of the store nodes fails, in both directions and in one, and comes back. */
@Networks
@OnContainers
class StoreNodesCutOffTests {

    private final ComposeCluster cluster;
    private final Trial trial;

    StoreNodesCutOffTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void aPrimaryWithoutACableIsReplacedAndTakesNothingBackWithIt() throws Exception {
        trial.run(load -> {
            String primary = trial.view.primary();
            cluster.disconnect(primary);
            trial.view.awaitGone(primary);
            load.awaitProgress();
            cluster.connect(primary);
            trial.view.awaitBack(primary);
            load.awaitProgress();
        });
    }

    @Test
    void aPrimaryThatHearsNobodyIsReplaced() throws Exception {
        trial.run(load -> {
            String primary = trial.view.primary();
            cluster.deafen(primary);
            trial.view.awaitGone(primary);
            load.awaitProgress();
            cluster.heal(primary);
            trial.view.awaitBack(primary);
            load.awaitProgress();
        });
    }

    @Test
    void aPrimaryThatNobodyHearsIsReplaced() throws Exception {
        trial.run(load -> {
            String primary = trial.view.primary();
            cluster.mute(primary);
            trial.view.awaitGone(primary);
            load.awaitProgress();
            cluster.heal(primary);
            trial.view.awaitBack(primary);
            load.awaitProgress();
        });
    }

    @Test
    void aBackupWithoutACableIsNotMissedAndCatchesUp() throws Exception {
        trial.run(load -> {
            String backup = trial.view.backup();
            cluster.disconnect(backup);
            trial.view.awaitGone(backup);
            load.awaitProgress();
            cluster.connect(backup);
            trial.view.awaitBack(backup);
        });
    }
}
