package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.replication.VoteMark.Vote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;

/**
 * Looks at the two small files in which Raft keeps its vote and the members (P5).
 *
 * <p>Ratis would take the founders for the members if it could not read the latter.
 *
 * @param mark for whom this node certainly voted
 */
record PromiseCheck(Path current, Optional<Vote> mark) {

    /** @param logWasCut whether the entries that name the members may be gone from the log */
    void run(boolean logWasCut) throws IOException {
        requireVote(current.resolve("raft-meta"));
        Path members = current.resolve("raft-meta.conf");
        if (Files.exists(members)) {
            requireMembers(members);
        } else if (logWasCut) {
            throw new DamagedStorageException(members, "it is missing, and with it the names of the members");
        }
    }

    private void requireVote(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DamagedStorageException(file, "it is missing, and with it the promises this node made");
        }
        var vote = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            vote.load(in);
        } catch (IllegalArgumentException e) {
            throw new DamagedStorageException(file, "it cannot be read (" + e.getMessage() + ")");
        }
        String term = vote.getProperty("term", "");
        String candidate = vote.getProperty("votedFor");
        if (!term.matches("\\d{1,18}") || candidate == null) {
            throw new DamagedStorageException(file, "it does not say for whom this node voted last");
        }
        var last = new Vote(Long.parseLong(term), candidate);
        if (mark.isPresent() && !last.mayFollow(mark.get())) {
            throw new DamagedStorageException(file, "it says " + last + ", but the last one was " + mark.get());
        }
    }

    private static void requireMembers(Path file) throws IOException {
        try {
            if (LogEntryProto.parseFrom(Files.readAllBytes(file))
                            .getConfigurationEntry()
                            .getPeersCount()
                    == 0) {
                throw new DamagedStorageException(file, "it names no members");
            }
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedStorageException(file, "it cannot be read (" + e.getMessage() + ")");
        }
    }
}
