package io.ringstore.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A client on a kept connection of its own, which sends the same two requests again and again. */
final class HttpCaller implements Caller {

    private final Dialect dialect;
    private final Plan plan;
    private final KeyConnection connection;
    private final byte[] write;
    private final byte[] read;

    /** Puts its key, so that there is something to read. */
    HttpCaller(Dialect dialect, URI address, ApiToken token, int client, Plan plan) throws IOException {
        this.dialect = dialect;
        this.plan = plan;
        this.connection = new KeyConnection(address, token);
        this.write = dialect.write(connection, client, plan);
        this.read = dialect.read(connection, client, plan);
        if (plan.readShare() > 0) {
            connection.send(write);
        }
    }

    @Override
    public Optional<String> write() throws IOException {
        KeyConnection.Answer answer = connection.send(write);
        if (!answer.isSuccess()) {
            return Optional.of("status " + answer.status());
        }
        int written = plan.records() == 1 ? 1 : dialect.written(answer.text(), plan);
        return written == plan.records()
                ? Optional.empty()
                : Optional.of("written " + written + " of " + plan.records());
    }

    @Override
    public Optional<String> read() throws IOException {
        KeyConnection.Answer answer = connection.send(read);
        return answer.isSuccess() ? Optional.empty() : Optional.of("status " + answer.status());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
