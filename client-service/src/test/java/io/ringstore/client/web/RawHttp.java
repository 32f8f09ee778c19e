package io.ringstore.client.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Says bytes to a server exactly as they are, which no well-behaved client would. */
final class RawHttp {

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** One answer; header names in lower case. */
    record Answer(int status, String head, byte[] body) {

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends a request that ends with {@code Connection: close}, or that the server will not go on from. */
    Answer send(String head, byte[] body) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return parse(readAll(socket));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Sends bytes and nothing after them, so that no server waits for the rest of what it takes for a request.
     *
     * @return without a head and with status 0 what came back if it is no answer of HTTP/1; nothing may have come
     */
    Answer sendAll(String head, byte[] body) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] all = sendRest(socket, body) ? readAll(socket) : new byte[0];
            boolean http = all.length > 5 && new String(all, 0, 5, StandardCharsets.US_ASCII).equals("HTTP/");
            return http ? parse(all) : new Answer(0, "", all);
        } catch (SocketTimeoutException silent) {
            throw new UncheckedIOException(silent);
        } catch (IOException closed) {
            return new Answer(0, "", new byte[0]);
        }
    }

    /** Says whether the answer can still be read: a server that has enough of a request closes the connection. */
    private static boolean sendRest(Socket socket, byte[] body) throws IOException {
        try {
            socket.getOutputStream().write(body);
            socket.shutdownOutput();
            return true;
        } catch (IOException closed) {
            return socket.getInputStream().available() > 0;
        }
    }

    Answer send(String head) {
        return send(head, new byte[0]);
    }

    /** Sends a head of these lines and then the body. */
    Answer send(byte[] body, String... lines) {
        return send(String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n", body);
    }

    Answer request(String method, String target, String... headers) {
        return send(new byte[0], lines(method + " " + target + " HTTP/1.1", headers));
    }

    Answer put(String target, byte[] body, String... headers) {
        String[] lines = lines("PUT " + target + " HTTP/1.1", headers);
        lines[0] += "\r\nContent-Length: " + body.length;
        return send(body, lines);
    }

    Answer postJson(String target, String json, String... headers) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String[] lines = lines("POST " + target + " HTTP/1.1", headers);
        lines[0] += "\r\nContent-Type: application/json\r\nContent-Length: " + body.length;
        return send(body, lines);
    }

    private static String[] lines(String requestLine, String... headers) {
        return Stream.concat(Stream.of(requestLine, "Host: localhost"), Stream.of(headers))
                .toArray(String[]::new);
    }

    /** Whether the head is here of an answer that has no end. */
    private static boolean isStream(ByteArrayOutputStream answer) {
        if (answer.size() > 8 << 10) {
            return false;
        }
        String text = answer.toString(StandardCharsets.ISO_8859_1);
        return text.contains("text/event-stream") && text.contains("\r\n\r\n");
    }

    private static byte[] readAll(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8 << 10];
        try {
            int count;
            do {
                count = socket.getInputStream().read(chunk);
                all.write(chunk, 0, Math.max(count, 0));
            } while (count >= 0 && !isStream(all));
        } catch (IOException closedHard) {
            if (all.size() == 0) {
                throw closedHard;
            }
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (text.startsWith("HTTP/1.1 100") && end > 0) {
            return parse(Arrays.copyOfRange(answer, end + 4, answer.length));
        }
        if (end < 0) {
            throw new AssertionError("no HTTP answer: " + text);
        }
        String head = text.substring(0, end);
        byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
        boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        boolean whole = chunked && !head.contains("text/event-stream");
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, whole ? dechunked(body) : body);
    }

    private static byte[] dechunked(byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (true) {
            int lineEnd = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, lineEnd), 16);
            if (size == 0) {
                return all.toByteArray();
            }
            all.write(body, lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
        }
    }
}
