package io.ringstore.client.node;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;

/** A node and what it said, null if it did not answer. */
public record Answered<T>(
        String id, Status status, @Nullable T state) {

    /** What the gateway makes of a node. */
    public enum Status {
        UP,
        /** Nobody listens there. */
        DOWN,
        /** It keeps silent, or says nothing that makes sense: frozen, cut off or broken. */
        SUSPECTED
    }

    /** Asks it; never fails. */
    public static <T> Answered<T> to(String id, Supplier<@Nullable T> question) {
        try {
            return of(id, question.get());
        } catch (ResourceAccessException unreachable) {
            return new Answered<>(id, isNobodyThere(unreachable.getCause()) ? Status.DOWN : Status.SUSPECTED, null);
        } catch (RuntimeException senseless) {
            return new Answered<>(id, Status.SUSPECTED, null);
        }
    }

    /** A container that has ended has no name and no address any more. */
    private static boolean isNobodyThere(@Nullable Throwable why) {
        return why instanceof ConnectException
                || why instanceof UnknownHostException
                || why instanceof NoRouteToHostException;
    }

    private static <T> Answered<T> of(String id, @Nullable T state) {
        return new Answered<>(id, state == null ? Status.SUSPECTED : Status.UP, state);
    }

    /** A part of what it said. */
    public <P> Answered<P> part(Function<T, @Nullable P> of) {
        return state == null ? new Answered<>(id, status, null) : of(id, of.apply(state));
    }
}
