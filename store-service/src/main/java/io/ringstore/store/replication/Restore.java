package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerSnapshot;
import io.ringstore.ledger.Restoration;
import io.ringstore.store.history.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Makes the disks of a new cluster from a backup (decision 7).
 *
 * <p>The backup is checked before anything is touched, and nothing is written where something is. Every disk is made
 * beside its place first: a restoration that fails leaves the places as they were.
 *
 * @param disks the directory of each store node, the preferred primary first
 */
record Restore(String cluster, Map<String, Path> disks, Restoration restoration) {

    /** What was restored, for the operator. */
    record Done(BackupFile backup, LedgerSnapshot state) {}

    Done from(Path file) throws IOException {
        requireEmpty();
        BackupFile backup = BackupFile.read(file);
        LedgerSnapshot state = restoration.of(backup.image().ledger());
        Map<Path, String> peers = new LinkedHashMap<>();
        disks.forEach((node, directory) -> peers.put(directory, PeerName.create(node)));
        List<String> founders = peers.values().stream().sorted().toList();
        String preferred = peers.values().iterator().next();
        var disk = new RestoredDisk(
                cluster, founders, preferred, state, backup.image().history().hash());
        List<Path> unfinished = new ArrayList<>();
        try {
            for (var each : peers.entrySet()) {
                Path beside = beside(each.getKey());
                unfinished.add(beside);
                disk.writeTo(beside, each.getValue());
            }
        } catch (IOException | RuntimeException e) {
            for (Path beside : unfinished) {
                delete(beside);
            }
            throw e;
        }
        for (Path directory : peers.keySet()) {
            Files.deleteIfExists(directory);
            Files.move(beside(directory), directory, StandardCopyOption.ATOMIC_MOVE);
            Disk.forceDirectory(parentOf(directory));
        }
        return new Done(backup, state);
    }

    private void requireEmpty() throws IOException {
        for (Path directory : disks.values()) {
            for (Path place : List.of(directory, beside(directory))) {
                if (!isEmpty(place)) {
                    throw new IOException(place + " is not empty: a backup is restored into a new cluster only. Move"
                            + " the data of all store nodes away first. Nothing was changed.");
                }
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static Path beside(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".restoring");
    }

    private static Path parentOf(Path directory) {
        return Objects.requireNonNull(directory.toAbsolutePath().getParent(), "a data directory is not the root");
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted((one, other) -> other.compareTo(one)).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
