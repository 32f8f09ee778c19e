package io.ringstore.container;

import org.junit.jupiter.api.Test;

/** The network around the sync node that holds the token fails, in both directions and in one, and comes back. */
@Networks
@OnContainers
class SyncNodeCutOffTests {

    private final ComposeCluster cluster;
    private final Trial trial;

    SyncNodeCutOffTests(ComposeCluster cluster, Trial trial) {
        this.cluster = cluster;
        this.trial = trial;
    }

    @Test
    void aHolderWithoutACableIsReplacedAndComesBack() throws Exception {
        trial.run(load -> {
            String holder = trial.view.holder();
            cluster.disconnect(holder);
            trial.view.awaitGone(holder);
            load.awaitProgress();
            cluster.connect(holder);
            trial.view.awaitBack(holder);
            load.awaitProgress();
        });
    }

    @Test
    void aHolderThatHearsNobodyIsReplacedAndComesBack() throws Exception {
        trial.run(load -> {
            String holder = trial.view.holder();
            cluster.deafen(holder);
            trial.view.awaitGone(holder);
            load.awaitProgress();
            cluster.heal(holder);
            trial.view.awaitBack(holder);
            load.awaitProgress();
        });
    }

    @Test
    void aHolderThatNobodyHearsIsReplacedAndComesBack() throws Exception {
        trial.run(load -> {
            String holder = trial.view.holder();
            cluster.mute(holder);
            trial.view.awaitGone(holder);
            load.awaitProgress();
            cluster.heal(holder);
            trial.view.awaitBack(holder);
            load.awaitProgress();
        });
    }
}
