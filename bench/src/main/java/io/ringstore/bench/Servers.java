package io.ringstore.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The servers of a system as the operating system and their own meters show them. */
final class Servers {

    /** What Linux counts processor time in, on every architecture that Java runs on. */
    private static final long TICKS_PER_SECOND = 100;

    private final Target target;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Servers(Target target) {
        this.target = target;
    }

    Meters meters() throws IOException, InterruptedException {
        return Meters.read(http, target.meters());
    }

    double cpuMillis() throws IOException {
        long ticks = 0;
        for (long pid : target.pids()) {
            ticks += ticks(Files.readString(Path.of("/proc/" + pid + "/stat")));
        }
        return ticks * 1e3 / TICKS_PER_SECOND;
    }

    /** User and system time are the 14th and 15th field; the second is a name that may have blanks, in parentheses. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    double residentMebibytes() throws IOException {
        long kilobytes = 0;
        for (long pid : target.pids()) {
            kilobytes += Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kilobytes / 1024.0;
    }
}
