package io.ringstore.store.replication;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;

/**
 * Takes backups of the running cluster, on any replica.
 *
 * <p>A backup is written to this node's disk first and read from there: what the ledger held is then not kept in memory
 * for as long as a slow reader needs, and how long the answer will be is known before it begins. One at a time.
 */
public final class Backups {

    private static final int LOOK_EVERY_BYTES = 1 << 20;

    private final String cluster;
    private final Path directory;
    private final Replica replica;
    private final Fitness fitness;
    private final InstantSource clock;
    private final Semaphore oneAtATime = new Semaphore(1);

    Backups(String cluster, Path directory, Replica replica, Fitness fitness, InstantSource clock) {
        this.cluster = cluster;
        this.directory = directory;
        this.replica = replica;
        this.fitness = fitness;
        this.clock = clock;
    }

    /**
     * Takes one; it has every write that was answered before the call.
     *
     * @throws Replica.UnavailableException if the state cannot be had here and now
     */
    public Backup take() throws IOException {
        if (!oneAtATime.tryAcquire()) {
            throw new Replica.UnavailableException("another backup is being taken from this node");
        }
        Path file = null;
        try {
            SnapshotImage image = replica.picture();
            file = Files.createTempFile(directory, "backup-", ".tmp");
            try (var out = new RoomyOutput(new FileOutputStream(file.toFile()))) {
                new BackupFile(cluster, clock.millis(), image).writeTo(out);
            }
            FileChannel content = FileChannel.open(file);
            return new Backup(image.ledger().lastRevision(), image.ledger().stateHash(), content, oneAtATime::release);
        } catch (IOException | RuntimeException e) {
            oneAtATime.release();
            throw e;
        } finally {
            if (file != null) {
                Files.deleteIfExists(file); // it lives as long as it is open, and no crash leaves it behind
            }
        }
    }

    /** Stops before the disk is so full that this node could not do its work any more. */
    private final class RoomyOutput extends FilterOutputStream {
        private long untilLook;

        RoomyOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            untilLook -= length;
            if (untilLook <= 0) {
                untilLook = LOOK_EVERY_BYTES;
                if (!fitness.hasRoom()) {
                    throw new Replica.UnavailableException("this node's disk has no room for a backup");
                }
            }
            out.write(bytes, offset, length);
        }
    }

    /** A backup to be read once, and closed in any case. */
    public static final class Backup implements AutoCloseable {
        private final long revision;
        private final long stateHash;
        private final FileChannel content;
        private final Runnable afterwards;

        private Backup(long revision, long stateHash, FileChannel content, Runnable afterwards) {
            this.revision = revision;
            this.stateHash = stateHash;
            this.content = content;
            this.afterwards = afterwards;
        }

        public long revision() {
            return revision;
        }

        /** The state's, in the form in which nodes report theirs. */
        public String stateHash() {
            return HexFormat.of().toHexDigits(stateHash);
        }

        public long size() throws IOException {
            return content.size();
        }

        public void writeTo(OutputStream out) throws IOException {
            WritableByteChannel target = Channels.newChannel(out);
            long size = content.size();
            for (long at = 0; at < size; ) {
                at += content.transferTo(at, size - at, target);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                content.close();
            } finally {
                afterwards.run();
            }
        }
    }
}
