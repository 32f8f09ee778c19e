package io.ringstore.store.metrics;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** How much of its disk a store node uses, and how much is left. */
final class DiskUse {

    private final Path directory;

    DiskUse(Path directory) {
        this.directory = directory;
    }

    /** The sum of all files; those that vanish meanwhile count nothing. */
    double bytes() {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(directory, sum);
        } catch (IOException unreadable) {
            return Double.NaN;
        }
        return sum.bytes;
    }

    double usable() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException unreadable) {
            return Double.NaN;
        }
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException vanished) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException vanished) {
            return FileVisitResult.CONTINUE;
        }
    }
}
