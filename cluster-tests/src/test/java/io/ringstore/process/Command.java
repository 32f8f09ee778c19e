package io.ringstore.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, in the project's folder. */
public final class Command {

    /** Tests run in the folder of their module. */
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));

    private final Map<String, String> environment;

    public Command(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns what it wrote to its standard output, or fails with all it wrote if its exit code is not 0. */
    public String run(Duration patience, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        Path errors = Files.createTempFile("command", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(PROJECT.toFile())
                    .redirectInput(NOTHING)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " is not done after " + patience);
            }
            String printed = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new IOException(command + " failed:\n" + printed + Files.readString(errors));
            }
            return printed;
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
