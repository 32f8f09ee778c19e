package io.ringstore.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The disk of a process, which fails on demand below everything that the process knows (src/test/c/faulty-disk.c). */
final class FaultyDisk {

    private static final Path SOURCE = Path.of("src", "test", "c", "faulty-disk.c");
    private static final Path LIBRARY = Path.of("target", "faulty-disk.so").toAbsolutePath();

    private final Path directory;

    private FaultyDisk(Path directory) {
        this.directory = directory;
    }

    /** Needs Linux and a C compiler; without them it fails, for nothing would be shown. */
    static FaultyDisk at(Path directory) throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-o",
                        LIBRARY.toString(),
                        SOURCE.toString())
                .inheritIO()
                .start();
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new IOException("gcc cannot compile " + SOURCE);
        }
        Files.createDirectories(directory);
        return new FaultyDisk(directory.toRealPath());
    }

    /** What a process needs in its environment to have this disk. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", LIBRARY.toString(), "FAULTY_DISK", directory.toString(), "FAULTY_DISK_MILLIS", "10");
    }

    /** From now on every flush fails with {@code EIO}. */
    void failFlushes() throws IOException {
        Files.createFile(control("eio"));
    }

    /** From now on no flush ends, nor fails. */
    void holdFlushes() throws IOException {
        Files.createFile(control("hold"));
    }

    /** What was written and not flushed is undone, and the process ends. */
    void cutPower() throws IOException {
        Files.createFile(control("cut"));
    }

    void repair() throws IOException {
        Files.deleteIfExists(control("eio"));
        Files.deleteIfExists(control("hold"));
        Files.deleteIfExists(control("cut"));
    }

    private Path control(String what) {
        return directory.resolveSibling(directory.getFileName() + "." + what);
    }
}
