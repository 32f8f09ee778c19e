package io.ringstore.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every configuration of {@code docs/model/ring.pml} that takes seconds, and every rule broken on purpose. */
class ModelTests {

    private static final int PATIENCE_MINUTES = 10;

    /** SPIN is a Debian package that {@code .ci/run} installs; elsewhere the build says that the model was not checked. */
    static boolean canBeChecked() {
        return System.getenv("CI") != null || (isInstalled("spin") && isInstalled("gcc"));
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @Test
    @EnabledIf(value = "canBeChecked", disabledReason = "needs spin and gcc")
    void theRulesHoldAndEachBrokenRuleIsFound() throws IOException, InterruptedException {
        Path script =
                Path.of("..", "docs", "model", "check-model").toAbsolutePath().normalize();
        Path output = Path.of("target", "check-model.txt");
        Process check = new ProcessBuilder(script.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean done = check.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        check.destroyForcibly();

        String printed = Files.readString(output);
        assertThat(done).as(printed).isTrue();
        assertThat(check.exitValue()).as(printed).isZero();
        assertThat(printed).contains("ALL AS EXPECTED");
    }
}
