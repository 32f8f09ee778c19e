package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.replication.VoteMark.Vote;
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
    private final long mark;
    private final Optional<Vote> vote;

    /**
     * @param root the directory of the group
     * @param mark index of an entry that was in the log for certain, or -1
     * @param vote the last one that certainly was given
     */
    LogCheck(Path root, long mark, Optional<Vote> vote) {
        this.root = root;
        this.mark = mark;
        this.vote = vote;
        this.current = root.resolve("current");
        this.state = root.resolve("sm");
    }

    /** @throws DamagedStorageException if this node must not start */
    void run() throws IOException {
        requirePresent(root, "the directory of the replicated log is missing");
        finishInstallation();
        requirePresent(state, "the directory of the snapshots is missing");
        List<LogFile> files = logFiles();
        long covered = newestSnapshot();
        requireReaches(files, covered);
        new PromiseCheck(current, vote)
                .run(files.isEmpty() ? covered >= 0 : files.getFirst().start() > 0);
        long next = files.isEmpty() ? 0 : files.getFirst().start();
        for (LogFile file : files) {
            if (file.start() != next) {
                throw new DamagedStorageException(
                        file.path(), "the log has a gap before it: entries from " + next + " on are missing");
            }
            next = file.check(mark);
        }
        long last = Math.max(next - 1, covered);
        if (last < mark) {
            throw new DamagedStorageException(
                    current, "the log ends after entry " + last + ", but it had entry " + mark + " before");
        }
        LOG.info("log checked files={} next={}", files.size(), next);
    }

    private long newestSnapshot() throws IOException {
        List<SnapshotFile> snapshots = SnapshotFile.in(state);
        return snapshots.isEmpty() ? -1 : snapshots.getFirst().index();
    }

    private static void requireReaches(List<LogFile> files, long covered) {
        if (!files.isEmpty() && files.getFirst().start() > covered + 1) {
            LogFile oldest = files.getFirst();
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
