package io.ringstore.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures writes: {@code bench URL CLIENTS SIZE SECONDS}, or reads: {@code bench reads CONSISTENCY URL CLIENTS SIZE
 * SECONDS}, or how long there are no writes: {@code bench silence URL CLIENTS}; or holds watchers: {@code bench watch URL
 * WATCHERS}; or puts many keys: {@code bench fill URL KEYS SIZE}; or serves the bare endpoint: {@code bench bare PORT}.
 */
public final class Bench {

    private static final String USAGE = "bench [reads local|linearizable] URL CLIENTS SIZE SECONDS"
            + " | bench fill URL KEYS SIZE | bench silence URL CLIENTS | bench watch URL WATCHERS | bench bare PORT";

    private Bench() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        if (arguments.length == 2 && arguments[0].equals("bare")) {
            BareEndpoint.serve(Integer.parseInt(arguments[1]));
            return;
        }
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (arguments.length == 3 && arguments[0].equals("watch")) {
            try (var watchers = new IdleWatchers(URI.create(arguments[1]))) {
                watchers.run(Integer.parseInt(arguments[2]), commands, System.out);
            }
            return;
        }
        if (arguments.length == 4 && arguments[0].equals("fill")) {
            new Fill(URI.create(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))
                    .run(System.out);
            return;
        }
        if (arguments.length == 3 && arguments[0].equals("silence")) {
            new RetryingClients(URI.create(arguments[1])).run(Integer.parseInt(arguments[2]), commands, System.out);
            return;
        }
        if (arguments.length == 6 && arguments[0].equals("reads")) {
            Work reads = Work.reads(arguments[1]);
            print(new Load(Plan.of(reads, Arrays.copyOfRange(arguments, 2, 6))).run(), System.out);
            return;
        }
        if (arguments.length != 4) {
            throw new IllegalArgumentException(USAGE);
        }
        print(new Load(Plan.of(Work.WRITE, arguments)).run(), System.out);
    }

    /** One line that a table can be made of, and one more for each way in which requests failed. */
    private static void print(Result result, PrintStream out) {
        out.printf(
                "%7d %9.0f %9.2f %9.2f %9.2f %9.2f %7d%n",
                result.clients(),
                result.perSecond(),
                result.millisAt(50),
                result.millisAt(90),
                result.millisAt(99),
                result.millisAt(100),
                result.failed());
        result.failures().forEach((reason, count) -> out.printf("        %d times: %s%n", count, reason));
    }
}
