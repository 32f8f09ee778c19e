package io.ringstore.store.replication;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not a backup that a cluster can be made from; nothing was changed. */
final class UnusableBackupException extends IOException {

    UnusableBackupException(Path file, String why) {
        super(file + " cannot be restored: " + why + ". Nothing was changed.");
    }
}
