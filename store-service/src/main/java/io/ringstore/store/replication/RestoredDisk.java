package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerSnapshot;
import io.ringstore.store.history.Disk;
import io.ringstore.store.history.HistoryPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * The disk of a store node as it would be if a new group's log began with the restored state.
 *
 * <p>Index 0 of that log is the entry that names the members; the snapshot stands for it and for all that was restored.
 */
final class RestoredDisk {

    private static final long TERM = 0;
    private static final long INDEX = 0;

    private final String cluster;
    private final List<String> founders;
    private final UUID group;
    private final String preferred;
    private final SnapshotImage image;

    /**
     * @param founders peers of the new group
     * @param preferred the one that should lead
     */
    RestoredDisk(String cluster, List<String> founders, String preferred, LedgerSnapshot ledger, long historyHash) {
        this.cluster = cluster;
        this.founders = founders;
        this.group = Founding.groupOf(cluster, founders);
        this.preferred = preferred;
        this.image = new SnapshotImage(TERM, INDEX, new HistoryPosition(ledger.lastRevision(), historyHash), ledger);
    }

    /** Fills an empty directory; who the disk is comes last, so that one that was not finished starts no node. */
    void writeTo(Path data, String peer) throws IOException {
        Path raft = Files.createDirectories(data).resolve("raft");
        EmptyStorage.prepare(raft, group.toString());
        Path root = raft.resolve(group.toString());
        SnapshotFile.write(root.resolve("sm"), image);
        Files.write(root.resolve("current").resolve("raft-meta.conf"), members(), StandardOpenOption.CREATE_NEW);
        Disk.forceTree(data);
        new IdentityFile(data).save(new NodeIdentity(cluster, PeerName.nodeOf(peer), peer, group, founders, true));
    }

    private byte[] members() {
        var members = RaftConfigurationProto.newBuilder();
        for (String peer : founders) {
            members.addPeers(RaftPeerProto.newBuilder()
                    .setId(ByteString.copyFromUtf8(peer))
                    .setPriority(peer.equals(preferred) ? 1 : 0));
        }
        return LogEntryProto.newBuilder()
                .setTerm(TERM)
                .setIndex(INDEX)
                .setConfigurationEntry(members)
                .build()
                .toByteArray();
    }
}
