package io.ringstore.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A disk that can be filled: a file system of its own, in memory. */
final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 1 << 20;

    private final Path mountPoint;
    private final Path filler;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
        this.filler = mountPoint.resolve("lost+found").resolve("filler");
    }

    /** Needs Linux and root; without them it fails, for nothing would be shown. */
    static SmallDisk mount(Path mountPoint, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        if (!succeeds("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mountPoint.toString())) {
            throw new IOException("a small disk can only be mounted by root, on Linux");
        }
        var disk = new SmallDisk(mountPoint);
        // The one name in a new node's directory that is not taken for data of another one.
        Files.createDirectories(disk.filler.getParent());
        return disk;
    }

    /** Takes all space but so much. */
    void fill(long left) throws IOException {
        try (FileChannel file = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long spare = spare(left); spare > 0; spare = spare(left)) {
                file.write(ByteBuffer.allocate((int) Math.min(spare, BLOCK)));
            }
        }
    }

    private long spare(long left) throws IOException {
        return Files.getFileStore(mountPoint).getUsableSpace() - left;
    }

    void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException {
        try {
            if (!succeeds("umount", mountPoint.toString())) {
                throw new IOException(mountPoint + " is still mounted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
