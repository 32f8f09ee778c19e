package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything Raft left on this disk before Raft itself does (P5).
 *
 * <p>Ratis would mend some damage by forgetting entries that this node may have acknowledged. So anything that is not as
 * it was written stops the node here, with one exception: the half-written last record that a power cut leaves.
 */
final class LogCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);

    private final Path root;
    private final Path current;
    private final Path state;

    /** @param root the directory of the group */
    LogCheck(Path root) {
        this.root = root;
        this.current = root.resolve("current");
        this.state = root.resolve("sm");
    }

    /** @throws DamagedStorageException if this node must not start */
    void run() throws IOException {
        requirePresent(root, "the directory of the replicated log is missing");
        finishInstallation();
        requirePresent(current.resolve("raft-meta"), "it is missing, and with it the promises this node made");
        requirePresent(state, "the directory of the snapshots is missing");
        long next = 0;
        boolean first = true;
        List<LogFile> files = logFiles();
        for (LogFile file : files) {
            if (!first && file.start() != next) {
                throw new DamagedStorageException(
                        file.path(), "the log has a gap before it: entries from " + next + " on are missing");
            }
            if (first) {
                requireReaches(file);
                first = false;
            }
            next = file.check();
        }
        LOG.info("log checked files={} next={}", files.size(), next);
    }

    private void requireReaches(LogFile oldest) throws IOException {
        List<SnapshotFile> snapshots = SnapshotFile.in(state);
        long covered = snapshots.isEmpty() ? -1 : snapshots.getFirst().index();
        if (oldest.start() > covered + 1) {
            throw new DamagedStorageException(
                    oldest.path(),
                    "the log begins at entry " + oldest.start() + ", but the newest snapshot ends at " + covered);
        }
    }

    private List<LogFile> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(current)) {
            return files.map(LogFile::named)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(LogFile::start))
                    .toList();
        }
    }

    private static void requirePresent(Path path, String what) {
        if (!Files.exists(path)) {
            throw new DamagedStorageException(path, what);
        }
    }

    /** Ratis moves the old state away before it moves an installed one in; a stop between the two leaves neither. */
    private void finishInstallation() throws IOException {
        if (Files.exists(state)) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            Optional<Path> old = files.filter(
                            file -> file.getFileName().toString().startsWith("sm.tmp"))
                    .max(Comparator.naturalOrder());
            if (old.isPresent()) {
                Files.move(old.get(), state, StandardCopyOption.ATOMIC_MOVE);
                LOG.warn("state moved back after an unfinished installation from={}", old.get());
            }
        }
    }
}
