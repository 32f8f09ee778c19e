package io.ringstore.ratis;

import java.time.Duration;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.impl.MiniRaftCluster;
import org.apache.ratis.server.impl.RaftReconfigurationBaseTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members that come, go and die meanwhile: Ratis' suite. */
@ExtendWith(AbortedIsFailed.class)
class MembershipSuiteTests extends RaftReconfigurationBaseTest<RestCluster> {

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

    /** Each append takes a second here, on purpose; the store's own patience would give every one of them up. */
    @Test
    @Override
    @SuppressWarnings("JUnitMethodInvoked")
    public void testOverlappedSetConfRequests() throws Exception {
        RestCluster.setAppendTimeout(SETTINGS, Duration.ofMillis(1_800));
        try {
            super.testOverlappedSetConfRequests();
        } finally {
            RestCluster.setAppendTimeout(SETTINGS, RestCluster.APPEND);
        }
    }

    /** The others have half a second here to elect another leader: time enough with Ratis' own timeouts only. */
    @Test
    @Override
    @SuppressWarnings("JUnitMethodInvoked")
    public void testRevertConfigurationChange() throws Exception {
        RestCluster.setElectionTimeouts(SETTINGS, Duration.ofMillis(150), Duration.ofMillis(300));
        RestCluster.setAppendTimeout(SETTINGS, Duration.ofMillis(70));
        try {
            super.testRevertConfigurationChange();
        } finally {
            RestCluster.setAppendTimeout(SETTINGS, RestCluster.APPEND);
            RestCluster.setElectionTimeouts(SETTINGS, RestCluster.ELECTION_MIN, RestCluster.ELECTION_MAX);
        }
    }

    @AfterAll
    static void stop() {
        CLUSTERS.close();
    }
}
