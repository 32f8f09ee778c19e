package io.ringstore.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The calls that a document shows, and their answers up to ids, cursors, numbers and line breaks. */
public final class DocumentedCurls {

    private static final String PROMPT = "$ ";
    private static final Command COMMAND = new Command(Map.of());

    /** What names a revision in a call. */
    private static final Pattern REVISION = Pattern.compile("(?<=[?&](?:from|revision)=|\"revision\":)\\d+");

    private static final Pattern CURSOR = Pattern.compile("(?<=cursor=|\"cursor\":\")[\\w-]+");

    private final URI gateway;
    private final long recordsBefore;
    private String cursor = "";

    /** Runs calls on a cluster whose log already has records, as if the ones of the document were the first. */
    public DocumentedCurls(URI gateway, long recordsBefore) {
        this.gateway = gateway;
        this.recordsBefore = recordsBefore;
    }

    /**
     * One call.
     *
     * @param shown its answer; what the document leaves out may be anything
     */
    public record Call(String command, String shown) {

        /** Whether an answer is the one that is shown; if none is, it is enough that the call did not fail. */
        public boolean isAnsweredBy(String answer) {
            if (isStream()) {
                return pattern(shown.strip()).matcher(normal(answer)).lookingAt();
            }
            if (!shown.startsWith("HTTP/")) {
                return shown.isBlank() || pattern(shown).matcher(normal(answer)).matches();
            }
            String[] headAndBody = shown.strip().split("\n\n", 2);
            List<String> lines = answer.lines().map(DocumentedCurls::normal).toList();
            boolean head = headAndBody[0].lines().map(DocumentedCurls::normal).allMatch(lines::contains);
            return head && (headAndBody.length == 1 || normal(answer).endsWith(normal(headAndBody[1])));
        }

        /** Whether the answer has no end of its own. */
        boolean isStream() {
            return command.contains(" -N ");
        }
    }

    /** The calls of a document of the project, in its order. */
    public static List<Call> read(String document) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (String block : blocks(Files.readString(Path.of("..").resolve(document)))) {
            for (String call : ("\n" + block).split(Pattern.quote("\n" + PROMPT), -1)) {
                if (call.startsWith("curl ")) {
                    String[] parts = call.replace("\\\n", " ").split("\n", 2);
                    calls.add(new Call(parts[0], parts.length == 1 ? "" : parts[1]));
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

    /** Runs a call, with the cursor of the answer before if it has one. */
    public String run(Call call) throws IOException, InterruptedException {
        String here = REVISION.matcher(call.command()).replaceAll(this::shifted);
        here = CURSOR.matcher(here)
                .replaceAll(cursor)
                .replace("localhost:8080", gateway.getAuthority())
                .replaceFirst("^curl ", call.shown().isBlank() ? "curl -sSf " : "curl -sS ");
        String bounded = call.isStream() ? "timeout 3 " + here + "; test $? = 124" : here;
        String answer = COMMAND.run(Duration.ofSeconds(30), List.of("bash", "-c", bounded));
        Matcher next = CURSOR.matcher(answer);
        if (next.find()) {
            cursor = next.group();
        }
        return answer;
    }

    private String shifted(MatchResult revision) {
        return String.valueOf(Long.parseLong(revision.group()) + recordsBefore);
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(
                Arrays.stream(normal(shown).split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** Without white space, with each request id made for the occasion as "ID" and each number as 0. */
    private static String normal(String text) {
        return CURSOR.matcher(text)
                .replaceAll("CURSOR")
                .replaceAll("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "ID")
                .replaceAll("\\s", "")
                .replaceAll("\\d+", "0");
    }
}
