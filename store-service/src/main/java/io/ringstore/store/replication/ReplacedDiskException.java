package io.ringstore.store.replication;

import java.nio.file.Path;

/** Another disk of the same node became a member in place of this one, which must not take part again (P6). */
final class ReplacedDiskException extends RuntimeException {

    ReplacedDiskException(Path data, String peer, String successor) {
        super(data + " was replaced: it is " + peer + ", and its place in the cluster was given to " + successor
                + " while it was away. This node does not start with it. If " + successor
                + " is lost too, move the whole data directory away and start this node again with an empty one; it comes"
                + " back under a new identity and is filled by the others.");
    }
}
