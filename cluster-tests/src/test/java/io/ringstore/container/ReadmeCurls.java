package io.ringstore.container;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The calls that the README shows, and their answers up to ids, numbers and line breaks. */
final class ReadmeCurls {

    private static final String PROMPT = "$ ";
    private static final Command COMMAND = new Command(Map.of());

    private ReadmeCurls() {}

    /**
     * One call.
     *
     * @param expected its answer as {@link #run} returns it; what the README leaves out may be anything
     */
    record Call(String command, Pattern expected) {

        /** Runs it on a cluster whose log already has records, as if the ones of the README were the first. */
        String run(URI gateway, long recordsBefore) throws IOException, InterruptedException {
            String here = command.replace("localhost:8080", gateway.getAuthority())
                    .replace("from=1", "from=" + (recordsBefore + 1))
                    .replace("curl ", "curl -sS ");
            return normal(COMMAND.run(Duration.ofSeconds(30), List.of("bash", "-c", here)));
        }
    }

    static List<Call> read() throws IOException {
        List<Call> calls = new ArrayList<>();
        String readme = Files.readString(Path.of("..", "README.md"));
        for (String block : blocks(readme)) {
            for (String call : ("\n" + block).split(Pattern.quote("\n" + PROMPT), -1)) {
                if (call.startsWith("curl ")) {
                    String[] lines = call.split("\n", 2);
                    calls.add(new Call(lines[0], pattern(lines[1])));
                }
            }
        }
        return calls;
    }

    private static List<String> blocks(String markdown) {
        String[] parts = markdown.split("```", -1);
        List<String> blocks = new ArrayList<>();
        for (int i = 1; i < parts.length; i += 2) {
            blocks.add(parts[i]);
        }
        return blocks;
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(
                Arrays.stream(normal(shown).split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** Without white space, with each request id made for the occasion as "ID" and each number as 0. */
    private static String normal(String text) {
        return text.replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "ID")
                .replaceAll("\\s", "")
                .replaceAll("\\d+", "0");
    }
}
