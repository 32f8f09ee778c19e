package io.ringstore.store.replication;

import io.ringstore.store.history.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.SizeInBytes;

/** What Raft finds at its first start, laid out before this disk says of itself that Raft was started on it (P6). */
final class EmptyStorage {

    private EmptyStorage() {}

    /** Makes the directories and the empty promise; what a start that was cut short left is kept. */
    static void prepare(Path raft, String group) throws IOException {
        Path root = Files.createDirectories(raft.resolve(group));
        try (RaftStorage storage = RaftStorage.newBuilder()
                .setDirectory(root.toFile())
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setLogCorruptionPolicy(CorruptionPolicy.EXCEPTION)
                .setStorageFreeSpaceMin(SizeInBytes.valueOf(0))
                .build()) {
            storage.initialize();
            Files.createDirectories(storage.getStorageDir().getStateMachineDir().toPath());
        }
        Disk.forceTree(root);
        Disk.forceDirectory(raft);
    }
}
