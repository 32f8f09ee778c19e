package io.ringstore.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Measures systems in turn, round after round, so that what changes on the machine meets them all. */
final class Comparison {

    private static final int LINE = 78;

    private final Options options;
    private final PrintStream progress;

    Comparison(Options options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    List<Measurement> run() throws IOException, InterruptedException {
        List<Measurement> measured = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (int clients : options.clients()) {
                for (Target target : options.targets()) {
                    List<Measurement> now = new Load(target, clients, options.plan(), progressOf(round)).run();
                    for (Measurement each : now) {
                        tell(brief(each));
                        progress.println();
                    }
                    measured.addAll(now);
                }
            }
        }
        return measured;
    }

    private static String brief(Measurement each) {
        return "%s, %d clients: %.0f %ss/s, p50 %.2f ms, p99 %.2f ms, %d failed"
                .formatted(
                        each.target(),
                        each.clients(),
                        each.perSecond(),
                        each.work(),
                        each.millis().get(Measurement.P50),
                        each.millis().get(Measurement.P99),
                        each.failed());
    }

    /** Over what was told before. */
    private void tell(String line) {
        progress.print("\r" + line + " ".repeat(Math.max(0, LINE - line.length())));
        progress.flush();
    }

    private Load.Progress progressOf(int round) {
        return (target, clients, seconds, calls) -> tell("round %d of %d: %s, %d clients, %d s, %,d calls"
                .formatted(round, options.rounds(), target.name(), clients, seconds, calls));
    }

    static void write(Path file, Options options, List<Measurement> rounds, List<Measurement> medians)
            throws IOException {
        String json = JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Map.of("plan", options.plan(), "rounds", rounds, "medians", medians));
        Files.writeString(file, json + System.lineSeparator());
    }
}
