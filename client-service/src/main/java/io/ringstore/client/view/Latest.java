package io.ringstore.client.view;

import io.ringstore.client.node.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The latest answers of nodes that are asked twice a second: one that takes long holds up nobody, and is asked once. */
final class Latest<T> {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Supplier<Future<Answered<T>>>> questions;
    private final List<Future<Answered<T>>> asked;
    private final List<Answered<T>> known;
    private long askedAt = System.nanoTime();

    /** Returns once every node has answered, or has not in time. */
    Latest(List<Supplier<Future<Answered<T>>>> questions) {
        this.questions = questions;
        this.asked = new ArrayList<>(questions.stream().map(Supplier::get).toList());
        this.known = new ArrayList<>(NodeViews.all(asked));
    }

    /** What each node said last, in order; does not wait. */
    List<Answered<T>> next() {
        long now = System.nanoTime();
        boolean ask = now - askedAt >= PAUSE_NANOS;
        askedAt = ask ? now : askedAt;
        for (int node = 0; node < questions.size(); node++) {
            if (asked.get(node).isDone()) {
                known.set(node, asked.get(node).resultNow());
                if (ask) {
                    asked.set(node, questions.get(node).get());
                }
            }
        }
        return List.copyOf(known);
    }
}
