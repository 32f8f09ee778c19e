package io.ringstore.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Measures systems under load: {@code bench load [--name value]…}, of which {@code bench check} only says whether that can be
 * done; or how long there are no writes: {@code bench silence URL CLIENTS}; or holds watchers: {@code bench watch URL
 * WATCHERS}; or puts many keys: {@code bench fill URL KEYS SIZE}; or serves the bare endpoint: {@code bench bare PORT}.
 */
public final class Bench {

    private static final String USAGE = "bench load|check [--name value]... | bench fill URL KEYS SIZE"
            + " | bench silence URL CLIENTS | bench watch URL WATCHERS | bench bare PORT";
    private static final int MISUSE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            switch (arguments.length == 0 ? "" : arguments[0]) {
                case "check" -> Options.parse(rest);
                case "load" -> load(Options.parse(rest));
                case "bare" -> BareEndpoint.serve(Integer.parseInt(one(rest, 1)));
                case "watch" -> watch(URI.create(one(rest, 2)), Integer.parseInt(rest.get(1)));
                case "fill" ->
                    new Fill(
                                    URI.create(one(rest, 3)),
                                    ApiToken.ofTheEnvironment(),
                                    Integer.parseInt(rest.get(1)),
                                    Integer.parseInt(rest.get(2)))
                            .run(System.out);
                case "silence" ->
                    new RetryingClients(URI.create(one(rest, 2)), ApiToken.ofTheEnvironment())
                            .run(Integer.parseInt(rest.get(1)), commands(), System.out);
                default -> throw new IllegalArgumentException(USAGE);
            }
        } catch (IllegalArgumentException misused) {
            System.err.println("bench: " + misused.getMessage());
            System.exit(MISUSE);
        }
    }

    /** The first of as many as there must be. */
    private static String one(List<String> arguments, int count) {
        if (arguments.size() != count) {
            throw new IllegalArgumentException(USAGE);
        }
        return arguments.getFirst();
    }

    private static void load(Options options) throws IOException, InterruptedException {
        List<Measurement> rounds = new Comparison(options, System.err).run();
        List<Measurement> medians = Measurement.medians(rounds);
        new Table(System.out).print(medians);
        if (options.json().isPresent()) {
            Comparison.write(options.json().get(), options, rounds, medians);
        }
    }

    private static void watch(URI gateway, int count) throws IOException {
        try (var watchers = new IdleWatchers(gateway, ApiToken.ofTheEnvironment())) {
            watchers.run(count, commands(), System.out);
        }
    }

    private static BufferedReader commands() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
}
