package io.ringstore.store.replication;

import io.ringstore.store.history.Disk;
import io.ringstore.store.replication.rest.ReplicationEndpoint;
import java.io.IOException;
import java.util.Optional;

/** Flushes what Ratis does not: the name of the file that holds its vote, and an installed snapshot. */
record LifecycleFlush(ReplicaLifecycle lifecycle) implements ReplicationEndpoint.BeforeAnswer {

    @Override
    public void vote() throws IOException {
        Optional<RaftNode> node = lifecycle.node();
        if (node.isPresent()) {
            Disk.forceDirectory(node.get().metadataDirectory());
        }
    }

    @Override
    public void snapshotInstalled() throws IOException {
        Optional<RaftNode> node = lifecycle.node();
        if (node.isPresent()) {
            Disk.forceTree(node.get().stateDirectory());
            Disk.forceDirectory(node.get().groupDirectory());
        }
    }
}
