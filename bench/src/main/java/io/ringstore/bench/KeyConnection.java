package io.ringstore.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    private final Socket socket;
    private final InputStream in;
    private final String host;

    /** Where a body goes that somebody wants. */
    private OutputStream body = OutputStream.nullOutputStream();

    KeyConnection(URI target) throws IOException {
        this.host = target.getAuthority();
        this.socket = new Socket(target.getHost(), target.getPort());
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    byte[] put(String path, byte[] body) {
        byte[] head = "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, host, body.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    byte[] get(String path) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, host).getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the body of the answer to an array of writes. */
    String post(String path, byte[] json) throws IOException {
        String head = "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, host, json.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        var answer = new ByteArrayOutputStream();
        body = answer;
        send(json);
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** Returns the status of the answer, once all of the answer is here. */
    int send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        if (chunked) {
            skipChunks();
        } else {
            body.write(in.readNBytes(length));
        }
        return status;
    }

    private void skipChunks() throws IOException {
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed by the server");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
