package io.ringstore.client.web;

import io.ringstore.client.web.ApiDescription.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes requests that nobody should send out of those that the document describes; the same ones for the same seed. */
final class HostileRequests {

    private static final List<String> ODD_TEXTS = List.of(
            "",
            "%",
            "%zz",
            "%00",
            "%ff%fe",
            "%c0%af",
            "..",
            "%2e%2e%2f%2e%2e",
            "//",
            "a%20b",
            "%F0%9F%92%8D",
            "'\"<x>",
            "*",
            "null",
            "-1",
            "0",
            "1",
            "42",
            "9223372036854775807",
            "99999999999999999999",
            "1e400",
            "NaN",
            "true",
            "\"1\"",
            "W/\"1\"",
            "\"-1\"",
            "wait=0",
            "1ms",
            "0s",
            "99999999999s",
            "wait=99999999999",
            "linearizable",
            "session",
            "local",
            "\u00ff\u00fe",
            "a;b=c",
            "0x10",
            "${x}",
            "{}",
            "[]");
    private static final List<String> ODD_BODIES = List.of(
            "",
            "null",
            "7",
            "\"x\"",
            "{",
            "}",
            "[]",
            "[[]]",
            "{}",
            "{\"resource\":\"a\",\"resource\":\"b\",\"value\":\"c\"}",
            "{\"resource\":1,\"value\":2}",
            "{\"resource\":null,\"value\":null}",
            "{\"resource\":\"a\",\"value\":{}}",
            "{\"resource\":\"a\",\"value\":\"b\",\"timestamp\":1e400}",
            "{\"resource\":\"a\",\"value\":\"b\",\"timestamp\":-1}",
            "{\"resource\":\"\\ud800\",\"value\":\"b\"}",
            "{\"resource\":\"a\\u0000\",\"value\":\"b\"}",
            "{\"resource\":\"a\",\"value\":\"b\",\"requestId\":\"\"}",
            "{\"resource\":\"a\",\"value\":\"b\",\"more\":[1,2]}",
            "[".repeat(10_000),
            "{\"a\":".repeat(5_000),
            "[{\"resource\":\"a\",\"value\":\"b\"},7]",
            "[" + "{\"resource\":\"a\",\"value\":\"b\"},".repeat(1_000) + "{}]",
            "{\"compare\":[{\"key\":\"a\",\"target\":\"exists\",\"result\":\"less\",\"exists\":true}],\"then\":[{\"op\":\"get\",\"key\":\"a\"}]}",
            "{\"compare\":7,\"then\":{}}",
            "{\"then\":[{\"op\":\"put\",\"key\":\"a\",\"valueBase64\":\"%%%\"}]}",
            "{\"then\":[{\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"},{\"op\":\"delete\",\"key\":\"a\"}]}",
            "{\"then\":[{\"op\":\"get\",\"key\":\"R1\"}]}",
            "{\"compare\":[{\"key\":\"a\",\"target\":\"revision\",\"result\":\"greater\",\"revision\":1e400}],\"else\":[]}");
    private static final List<String> ODD_HEADERS = List.of(
            "Accept: */*",
            "Accept: ;;;",
            "Accept: application/json",
            "Accept: text/html;q=x",
            "Accept-Charset: nonsense",
            "Accept-Encoding: gzip;q=9",
            "Content-Type: ",
            "Content-Type: application/json;charset=nonsense",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Encoding: gzip",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Range: bytes=5-1",
            "Range: bytes=0-",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-Host: elsewhere",
            "Forwarded: for=\"",
            "Cookie: a=\u0001",
            "Upgrade: h2c",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "Origin: null",
            "Last-Event-ID: x",
            "Transfer-Encoding: identity");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "G\u00cbT", "PROPFIND");

    private final SplittableRandom random;
    private final List<Operation> operations;

    HostileRequests(long seed, List<Operation> operations) {
        this.random = new SplittableRandom(seed);
        this.operations = operations;
    }

    /**
     * One request.
     *
     * @param operation the described one if it still is one, whatever its parameters are; null if it is anything
     */
    record Hostile(@Nullable Operation operation, String head, byte[] body) {}

    Hostile next() {
        Operation operation = pick(operations);
        boolean described = !oneIn(10);
        String method = described ? operation.method() : pick(METHODS);
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + target(operation) + " HTTP/1.1");
        lines.add("Host: localhost");
        lines.add("Connection: close");
        headers(operation, lines);
        byte[] body = method.equals("PUT") || method.equals("POST") || oneIn(8) ? body() : new byte[0];
        frame(lines, body);
        String head = String.join("\r\n", lines) + "\r\n\r\n";
        if (oneIn(12)) {
            return new Hostile(null, damaged(head), body);
        }
        return new Hostile(described(operation.path(), method), head, body);
    }

    /** A method drawn at random may be one that the path has. */
    private @Nullable Operation described(String path, String method) {
        return operations.stream()
                .filter(operation ->
                        operation.path().equals(path) && operation.method().equals(method))
                .findFirst()
                .orElse(null);
    }

    private String target(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.get("in").asString().equals("query") && oneIn(2)) {
                do {
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(parameter.get("name").asString())
                            .append(oneIn(10) ? "" : "=")
                            .append(text());
                } while (oneIn(6));
            }
        }
        return operation.path().replaceFirst("\\{.*}", Matcher.quoteReplacement(text()))
                + (oneIn(15) ? "/" + text() : "")
                + query;
    }

    private void headers(Operation operation, List<String> lines) {
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.get("in").asString().equals("header") && oneIn(4)) {
                do {
                    lines.add(parameter.get("name").asString() + ": " + text());
                } while (oneIn(8));
            }
        }
        if (operation.description().has("requestBody") && oneIn(2)) {
            lines.add("Content-Type: application/json");
        }
        while (oneIn(3)) {
            lines.add(pick(ODD_HEADERS));
        }
        if (oneIn(50)) {
            lines.add("X-Long: " + "x".repeat(random.nextInt(20_000)));
        }
    }

    private void frame(List<String> lines, byte[] body) {
        if (body.length == 0 && oneIn(2)) {
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> lines.add("Content-Length: " + (body.length + 5));
            case 1 -> lines.add("Content-Length: " + text());
            case 2 -> lines.add("Transfer-Encoding: chunked");
            case 3 -> {
                lines.add("Content-Length: " + body.length);
                lines.add("Transfer-Encoding: chunked");
            }
            default -> lines.add("Content-Length: " + body.length);
        }
    }

    private byte[] body() {
        return switch (random.nextInt(6)) {
            case 0 -> bytes(random.nextInt(2_000));
            case 1 -> oneIn(10) ? bytes((256 << 10) + random.nextInt(2)) : bytes(1);
            case 2 -> mangled("{\"clientId\":\"C1\",\"resource\":\"R1\",\"value\":\"x\",\"timestamp\":1764000000123}");
            default -> pick(ODD_BODIES).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] mangled(String good) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return oneIn(3) ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }

    /** Any byte may stand anywhere in a head. */
    private String damaged(String head) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String text() {
        return switch (random.nextInt(8)) {
            case 0 -> "R" + random.nextInt(9);
            case 1 -> String.valueOf(random.nextLong());
            case 2 -> encoded(bytes(random.nextInt(12)));
            case 3 -> oneIn(8) ? "k".repeat(1_000 + random.nextInt(60)) : "k";
            default -> pick(ODD_TEXTS);
        };
    }

    private static String encoded(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append("%%%02X".formatted(each & 0xFF));
        }
        return text.toString();
    }

    private byte[] bytes(int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            bytes.write(random.nextInt(256));
        }
        return bytes.toByteArray();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
