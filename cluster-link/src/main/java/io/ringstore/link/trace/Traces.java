package io.ringstore.link.trace;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Shows work in the traces of those who asked for it. A trace begins at the gateway, or before it; what no request
 * asked for, such as the token's hops, is in none.
 */
public interface Traces {

    /** Costs nothing and shows nothing. */
    Traces OFF = new NoTraces();

    /** A place in a trace: that of one request, or of one part of its work. */
    interface Place {

        /** Outside of all traces. */
        Place NOWHERE = new Place() {};
    }

    /** A piece of work on this thread, from its beginning to {@link #close}. */
    interface Span extends AutoCloseable {

        /** In no trace. */
        Span NONE = new Span() {
            @Override
            public void failed(String why) {}

            @Override
            public void close() {}
        };

        void failed(String why);

        @Override
        void close();
    }

    /** Where this thread is. */
    Place here();

    /**
     * Begins a call to another node: a part of what caused it or, with several causes, a trace of its own that is linked
     * to each; nothing if no cause is in a trace.
     */
    <C> Span call(String name, Collection<C> causes, Function<? super C, Place> place);

    /** Begins a part of what this thread is doing; nothing if that is in no trace. */
    Span part(String name);

    /** The same task, for another thread, where this one is now. */
    <T> Callable<T> carry(Callable<T> task);

    /** Says where this thread is, in the headers of W3C Trace Context. */
    void headers(BiConsumer<String, String> header);
}
