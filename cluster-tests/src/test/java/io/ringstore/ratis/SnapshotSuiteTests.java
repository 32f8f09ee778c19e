package io.ringstore.ratis;

import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.impl.MiniRaftCluster;
import org.apache.ratis.statemachine.RaftSnapshotBaseTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Snapshots, taken, and installed in chunks over REST: Ratis' suite. */
@ExtendWith(AbortedIsFailed.class)
class SnapshotSuiteTests extends RaftSnapshotBaseTest<RestCluster> {

    private static final RestCluster.Factory CLUSTERS = new RestCluster.Factory();
    private static final RaftProperties SETTINGS = RestCluster.settings();

    @Override
    public MiniRaftCluster.Factory<RestCluster> getFactory() {
        return CLUSTERS;
    }

    @Override
    public RaftProperties getProperties() {
        return SETTINGS;
    }

    @AfterAll
    static void stop() {
        CLUSTERS.close();
    }
}
