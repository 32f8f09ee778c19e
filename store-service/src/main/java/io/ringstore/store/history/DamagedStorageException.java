package io.ringstore.store.history;

import java.nio.file.Path;

/**
 * A file on this node's disk is not what was written; the node must not go on with it (P5).
 *
 * <p>The message names the file and says what an operator does about it.
 */
public final class DamagedStorageException extends RuntimeException {

    public DamagedStorageException(Path file, String what) {
        super(file + " is damaged: " + what
                + ". This node does not start, because it would forget what it acknowledged. The other store nodes hold"
                + " the data: move the whole data directory away and start this node again with an empty one; it comes"
                + " back under a new identity and is filled by the others.");
    }
}
