package io.ringstore.store.replication;

import io.ringstore.store.history.DamagedStorageException;
import io.ringstore.store.history.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The identity of a disk, on it. */
final class IdentityFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final Path file;

    IdentityFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("identity.json");
    }

    /**
     * Reads the identity of this disk; an empty disk gets a new one.
     *
     * @throws IllegalStateException if the disk belongs to another node or cluster
     * @throws DamagedStorageException if there is data, but not whose
     */
    NodeIdentity loadOrCreate(String cluster, String node) throws IOException {
        Files.createDirectories(directory);
        if (!Files.exists(file)) {
            requireEmpty();
            NodeIdentity fresh = NodeIdentity.fresh(cluster, node);
            save(fresh);
            return fresh;
        }
        NodeIdentity identity = read();
        if (!identity.cluster().equals(cluster) || !identity.node().equals(node)) {
            throw new IllegalStateException("%s belongs to node %s of cluster %s; this is node %s of cluster %s"
                    .formatted(directory, identity.node(), identity.cluster(), node, cluster));
        }
        return identity;
    }

    private NodeIdentity read() throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), NodeIdentity.class);
        } catch (JacksonException | NullPointerException e) {
            throw new DamagedStorageException(file, "it cannot be read (" + e.getMessage() + ")");
        }
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            if (files.anyMatch(other -> !other.getFileName().toString().startsWith("identity.json")
                    && !other.getFileName().toString().equals("lost+found"))) {
                throw new DamagedStorageException(file, "it is missing, but the directory is not empty");
            }
        }
    }

    void save(NodeIdentity identity) throws IOException {
        Path unfinished = directory.resolve("identity.json.tmp");
        Files.write(unfinished, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(identity));
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Disk.publish(unfinished, file);
    }
}
