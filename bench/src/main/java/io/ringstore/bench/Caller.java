package io.ringstore.bench;

import java.io.IOException;
import java.util.Optional;

/** One client, which asks for one thing at a time and waits for the answer. */
interface Caller extends AutoCloseable {

    /** Writes; returns why not everything was written, if so. */
    Optional<String> write() throws IOException, InterruptedException;

    /** Reads; returns why nothing was read, if so. */
    Optional<String> read() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /** Makes the clients of one measurement. */
    interface Source extends AutoCloseable {

        Caller open(int client) throws IOException, InterruptedException;

        @Override
        void close();
    }
}
