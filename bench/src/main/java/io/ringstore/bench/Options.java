package io.ringstore.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be measured, as {@code --name value} says it.
 *
 * @param clients how many at once, one measurement after the other
 * @param rounds how often all of that is done
 * @param json where to write everything measured
 */
record Options(List<Target> targets, List<Integer> clients, int rounds, Plan plan, Optional<Path> json) {

    private static final List<String> NAMES = List.of(
            "clients", "size", "records", "reads", "consistency", "rate", "duration", "warm-up", "rounds", "json");

    /** Fails with an IllegalArgumentException that says what is wrong, to be shown to who asked. */
    static Options parse(List<String> arguments) {
        List<Target> targets = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = name(arguments.get(i));
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("--" + name + " takes a value.");
            }
            if (name.equals("target")) {
                targets.add(Target.parse(arguments.get(i + 1)));
            } else {
                given.put(name, arguments.get(i + 1));
            }
        }
        return new Options(
                targets,
                Arrays.stream(given.getOrDefault("clients", "1,64").split(",", -1))
                        .map(text -> whole("clients", text, 1, 4_096))
                        .toList(),
                whole(given, "rounds", 1, 1, 1_000),
                plan(given),
                Optional.ofNullable(given.get("json")).map(Path::of));
    }

    private static String name(String argument) {
        String name = argument.startsWith("--") ? argument.substring(2) : "";
        if (!name.equals("target") && !NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "no such option: " + argument + ". There are --" + String.join(", --", NAMES) + ".");
        }
        return name;
    }

    private static Plan plan(Map<String, String> given) {
        int reads = whole(given, "reads", 0, 0, 100);
        int records = whole(given, "records", 1, 1, 1_000);
        if (reads > 0 && records > 1) {
            throw new IllegalArgumentException("--records above 1 is for writes only: leave out --reads.");
        }
        return new Plan(
                whole(given, "size", 100, 0, 200_000),
                records,
                reads,
                isLocal(given.getOrDefault("consistency", "linearizable")),
                given.containsKey("rate")
                        ? new Pace.AtRate(whole(given, "rate", 0, 1, 10_000_000))
                        : new Pace.AfterTheLast(),
                Duration.ofSeconds(whole(given, "warm-up", 5, 0, 3_600)),
                Duration.ofSeconds(whole(given, "duration", 20, 1, 86_400)));
    }

    private static boolean isLocal(String consistency) {
        return switch (consistency) {
            case "local" -> true;
            case "linearizable" -> false;
            default ->
                throw new IllegalArgumentException(
                        "--consistency is local or linearizable, not '" + consistency + "'.");
        };
    }

    private static int whole(Map<String, String> given, String name, int otherwise, int least, int most) {
        return given.containsKey(name) ? whole(name, given.get(name), least, most) : otherwise;
    }

    private static int whole(String name, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "--%s takes whole numbers from %d to %d, not '%s'.".formatted(name, least, most, text));
    }
}
