package io.ringstore.link.trace;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What a node has unless it is told otherwise. */
final class NoTraces implements Traces {

    @Override
    public Place here() {
        return Place.NOWHERE;
    }

    @Override
    public <C> Span call(String name, Collection<C> causes, Function<? super C, Place> place) {
        return Span.NONE;
    }

    @Override
    public Span part(String name) {
        return Span.NONE;
    }

    @Override
    public <T> Callable<T> carry(Callable<T> task) {
        return task;
    }

    @Override
    public void headers(BiConsumer<String, String> header) {}
}
