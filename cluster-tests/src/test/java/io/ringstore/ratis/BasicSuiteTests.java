package io.ringstore.ratis;

import org.apache.ratis.RaftBasicTests;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.impl.MiniRaftCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Appending, leaders that die, load: Ratis' basic suite. */
@ExtendWith(AbortedIsFailed.class)
class BasicSuiteTests extends RaftBasicTests<RestCluster> {

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

    /** The first test reads what a leader has applied, and takes it that the first leader stays. */
    @BeforeAll
    static void warmUp() throws Exception {
        CLUSTERS.warmUp();
    }

    @AfterAll
    static void stop() {
        CLUSTERS.close();
    }
}
