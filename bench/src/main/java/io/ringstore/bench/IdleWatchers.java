package io.ringstore.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Very many watchers that take whatever they are sent, on two threads. */
final class IdleWatchers implements AutoCloseable {

    /** Connections that may be under way at once; more would be more than a server's backlog. */
    private static final int CONNECTING = 50;

    /** Where the status stands, after {@code HTTP/1.1}. */
    private static final int STATUS = 9;

    private final URI gateway;
    private final ApiToken token;
    private final Selector selector;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    IdleWatchers(URI gateway, ApiToken token) throws IOException {
        this.gateway = gateway;
        this.token = token;
        this.selector = Selector.open();
    }

    /** Whether a watcher was answered at all. */
    private static final class Watcher {
        private boolean answered;
    }

    /**
     * Opens so many, and holds them until there are no more commands. Each line of the input is answered with one line:
     * how many are answered, how many were lost, and how many bytes came so far.
     */
    void run(int count, BufferedReader commands, PrintStream answers) throws IOException {
        Thread.ofPlatform().daemon().start(this::read);
        for (int i = 0; i < count; i++) {
            open("bench-watched-" + i + "/");
            awaitAnswers(CONNECTING);
        }
        awaitAnswers(0);
        while (commands.readLine() != null) {
            answers.println(answered.get() + " " + lost.get() + " " + bytes.get());
            answers.flush();
        }
    }

    private void awaitAnswers(int missing) {
        while (open.get() - answered.get() - lost.get() > missing) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void open(String prefix) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        String request = "GET /v1/watch?prefix=%s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(prefix, gateway.getAuthority(), token.line());
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        open.incrementAndGet();
        channel.register(selector, SelectionKey.OP_READ, new Watcher());
        selector.wakeup();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
        try {
            while (selector.isOpen()) {
                selector.select(key -> receive(key, buffer), 100);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void receive(SelectionKey key, ByteBuffer buffer) {
        buffer.clear();
        int count;
        try {
            count = ((SocketChannel) key.channel()).read(buffer);
        } catch (IOException broken) {
            count = -1;
        }
        Watcher watcher = (Watcher) key.attachment();
        if (count < 0 || !(watcher.answered || isAccepted(buffer))) {
            key.cancel();
            lost.incrementAndGet();
            return;
        }
        bytes.addAndGet(count);
        if (!watcher.answered) {
            watcher.answered = true;
            answered.incrementAndGet();
        }
    }

    /** Whether an answer begins as one that is a success. */
    private static boolean isAccepted(ByteBuffer buffer) {
        return buffer.position() > STATUS && buffer.get(STATUS) == '2';
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
