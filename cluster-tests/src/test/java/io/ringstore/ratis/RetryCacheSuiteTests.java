package io.ringstore.ratis;

import org.apache.ratis.RetryCacheTests;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.impl.MiniRaftCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are sent again: Ratis' suite. */
@ExtendWith(AbortedIsFailed.class)
class RetryCacheSuiteTests extends RetryCacheTests<RestCluster> {

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
