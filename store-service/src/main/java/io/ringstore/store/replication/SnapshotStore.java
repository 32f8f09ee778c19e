package io.ringstore.store.replication;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one replica, as Ratis wants to see them: each is its own file and all files of the history.
 *
 * <p>The history's files go on growing after a snapshot. Sent to a backup they may hold more than the snapshot names;
 * the backup cuts them back to it, as a restart does.
 */
final class SnapshotStore implements StateMachineStorage {

    static final String HISTORY = "history";

    private static final int KEPT = 2;

    private final Supplier<List<Path>> historyFiles;
    private @Nullable Path directory;
    private volatile @Nullable SnapshotFile newest;

    SnapshotStore(Supplier<List<Path>> historyFiles) {
        this.historyFiles = historyFiles;
    }

    @Override
    public void init(RaftStorage storage) throws IOException {
        init(storage.getStorageDir().getStateMachineDir().toPath());
    }

    void init(Path stateDirectory) throws IOException {
        Files.createDirectories(stateDirectory);
        directory = stateDirectory;
        SnapshotFile.deleteUnfinished(stateDirectory);
        List<SnapshotFile> found = SnapshotFile.in(stateDirectory);
        newest = found.isEmpty() ? null : found.getFirst();
    }

    Path directory() {
        if (directory == null) {
            throw new IllegalStateException("not initialized");
        }
        return directory;
    }

    @Nullable
    SnapshotFile newest() {
        return newest;
    }

    /** Writes one, and deletes all but the newest two. */
    SnapshotFile write(SnapshotImage image) throws IOException {
        SnapshotFile written = SnapshotFile.write(directory(), image);
        newest = written;
        for (SnapshotFile old : SnapshotFile.in(directory()).stream().skip(KEPT).toList()) {
            Files.deleteIfExists(old.path());
        }
        return written;
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        SnapshotFile snapshot;
        List<Path> history;
        do { // a newer snapshot lets go of files that an older one needs, but only once it is the newest
            snapshot = newest;
            history = historyFiles.get();
        } while (!Objects.equals(snapshot, newest));
        if (snapshot == null) {
            return null;
        }
        List<FileInfo> files = new ArrayList<>();
        files.add(new FileInfo(snapshot.path().toAbsolutePath(), null));
        history.forEach(file -> files.add(new FileInfo(file.toAbsolutePath(), null)));
        return new FileListSnapshotInfo(files, snapshot.term(), snapshot.index());
    }

    /** Ratis asks the thread that applies, which deleting a large file would hold up; old ones go when one is written. */
    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {}

    /** Ratis writes an installed snapshot into the directory it gives the state machine anyway. */
    @Override
    public @Nullable File getSnapshotDir() {
        return null;
    }

    @Override
    public void format() {}
}
