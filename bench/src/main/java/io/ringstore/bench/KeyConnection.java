package io.ringstore.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Sends requests about a key, one after the other, on one kept connection.
 *
 * <p>As bare as HTTP can be, because whatever the client costs is taken from the servers it shares the machine with.
 */
final class KeyConnection implements Closeable {

    private static final int ANSWER_TIMEOUT_MILLIS = 60_000;
    private static final String CONTENT_LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final String host;
    private final ApiToken token;

    KeyConnection(URI target, ApiToken token) throws IOException {
        this.token = token;
        this.host = target.getAuthority();
        this.socket = new Socket(target.getHost(), target.getPort());
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer, all of it. */
    record Answer(int status, byte[] body) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A request with a body, or without one if that is empty. */
    byte[] request(String method, String path, String type, String body) {
        String about =
                body.isEmpty() ? "" : "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, body.length());
        return "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s\r\n%s"
                .formatted(method, path, host, token.line(), about, body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    Answer send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(CONTENT_LENGTH)) {
                length = Integer.parseInt(
                        header.substring(CONTENT_LENGTH.length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        return new Answer(status, chunked ? chunks() : bytes(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(bytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw closed();
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw closed();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static EOFException closed() {
        return new EOFException("connection closed by the server");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
