package io.ringstore.store.replication;

import io.ringstore.store.history.Disk;
import io.ringstore.store.replication.rest.RestTransport;
import java.io.IOException;
import java.util.Optional;

/**
 * Flushes what Ratis does not: the name of the file that holds its vote, and an installed snapshot.
 *
 * <p>A flush that failed is never tried again (P4): the kernel may have forgotten what it could not write.
 */
record LifecycleFlush(ReplicaLifecycle lifecycle, FailStop failStop) implements RestTransport.Flush {

    @Override
    public void vote() throws IOException {
        flush(node -> Disk.forceDirectory(node.metadataDirectory()));
    }

    @Override
    public void snapshotInstalled() throws IOException {
        flush(node -> {
            Disk.forceTree(node.stateDirectory());
            Disk.forceDirectory(node.groupDirectory());
        });
    }

    private interface Flushing {
        void of(RaftNode node) throws IOException;
    }

    private void flush(Flushing flushing) throws IOException {
        Optional<RaftNode> node = lifecycle.node();
        if (node.isEmpty()) {
            return;
        }
        try {
            flushing.of(node.get());
        } catch (IOException e) {
            failStop.now("a flush failed", e);
            throw e;
        }
    }
}
