package io.ringstore.store.replication;

import io.ringstore.ledger.LedgerSnapshot;
import io.ringstore.ledger.Restoration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Makes the disks of a cluster's store nodes from a backup, while no node runs. */
public final class RestoreCommand {

    private static final String USAGE = """
            Restores a backup into the empty data directories of a cluster that does not run.

              RestoreCommand FILE CLUSTER NODE=DIRECTORY...
              RestoreCommand FILE                             only checks the backup

            Name every store node, the preferred primary first, and move each directory to its machine before the start.""";

    private RestoreCommand() {}

    public static void main(String[] arguments) {
        LoggingSystem.get(RestoreCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        System.exit(run(arguments, System.out, System.err));
    }

    /** Does it and returns the exit code. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            if (arguments.length == 1) {
                out.println(described(BackupFile.read(Path.of(arguments[0]))));
                return 0;
            }
            if (arguments.length < 3) {
                throw new IllegalArgumentException(USAGE);
            }
            Map<String, Path> disks = disks(arguments);
            var restore = new Restore(
                    arguments[1], disks, new Restoration(Instant.now().getEpochSecond()));
            out.println(report(restore.from(Path.of(arguments[0]))));
            return 0;
        } catch (NoSuchFileException e) {
            err.println(e.getFile() + " does not exist. Nothing was changed.");
        } catch (IOException | IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        return 1;
    }

    private static Map<String, Path> disks(String[] arguments) {
        Map<String, Path> disks = new LinkedHashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not NODE=DIRECTORY: " + arguments[i]);
            }
            Path directory = Path.of(arguments[i].substring(equals + 1)).toAbsolutePath();
            if (disks.put(arguments[i].substring(0, equals), directory) != null) {
                throw new IllegalArgumentException("named twice: " + arguments[i]);
            }
        }
        return disks;
    }

    private static String described(BackupFile backup) {
        LedgerSnapshot state = backup.image().ledger();
        return "backup   cluster=%s takenAt=%s revision=%d stateHash=%016x"
                .formatted(
                        backup.cluster(),
                        Instant.ofEpochMilli(backup.takenAt()),
                        state.lastRevision(),
                        state.stateHash());
    }

    private static String report(Restore.Done done) {
        LedgerSnapshot state = done.state();
        return described(done.backup())
                + "\nrestored keys=%d requestIds=%d revision=%d epoch=%d stateHash=%016x"
                        .formatted(
                                state.keys().size(),
                                state.requestIds().size(),
                                state.lastRevision(),
                                state.fence().epoch(),
                                state.stateHash());
    }
}
