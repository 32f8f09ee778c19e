package io.ringstore.link.failpoint;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.springframework.web.client.ResourceAccessException;

/** Calls that a mute node does not make, and answers that a deaf one does not get. */
public final class LossyCalls {

    /** A lost call is noticed late; by what it costs, nobody could call again and again in vain. */
    private static final Duration SILENCE = Duration.ofMillis(100);

    private final Failpoints failpoints;

    public LossyCalls(Failpoints failpoints) {
        this.failpoints = failpoints;
    }

    /** A call to another node. */
    @FunctionalInterface
    public interface Call<T> {
        T make() throws IOException;
    }

    /** Makes a call, unless the lab wants it or its answer lost: then it ends like one that nobody answered. */
    public <T> T make(Call<T> call) throws IOException {
        if (failpoints.drops(Failpoint.MUTE)) {
            throw lost("not sent");
        }
        T answer = call.make();
        if (failpoints.drops(Failpoint.DEAF)) {
            throw lost("sent, but its answer was not heard");
        }
        return answer;
    }

    private static IOException lost(String how) {
        try {
            Thread.sleep(SILENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new SocketTimeoutException("failpoint: " + how);
    }

    /** The same contract, each of whose calls may get lost; outside of the lab the client itself. */
    public <T> T over(Class<T> contract, T client) {
        if (failpoints.equals(Failpoints.NONE)) {
            return client;
        }
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (_, method, arguments) -> {
                    try {
                        return make(() -> invoke(() -> method.invoke(client, arguments)));
                    } catch (SocketTimeoutException lost) {
                        throw new ResourceAccessException(String.valueOf(lost.getMessage()), lost);
                    }
                }));
    }

    @FunctionalInterface
    private interface Invocation {
        Object make() throws ReflectiveOperationException;
    }

    private static Object invoke(Invocation invocation) throws IOException {
        try {
            return invocation.make();
        } catch (InvocationTargetException failed) {
            switch (failed.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
