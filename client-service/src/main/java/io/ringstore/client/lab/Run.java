package io.ringstore.client.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One workload or scenario, from its start to its verdict. */
public final class Run {

    private final String id;
    private final String kind;
    private final String name;
    private final long wanted;
    private final long startedAt;
    private final long began;
    private final Tally tally;
    private final List<Step> steps = new ArrayList<>();
    private volatile boolean cancelled;
    private State state = State.RUNNING;
    private long quietAt;
    private long overAt;
    private @Nullable Verdict verdict;
    private @Nullable String failure;

    /** How far a run is. */
    public enum State {
        RUNNING,
        /** The clients have ended, and the logs are read. */
        JUDGING,
        DONE,
        /** It was ended early, and judged all the same. */
        CANCELLED,
        /** It could not be done. */
        FAILED;

        public boolean isOver() {
            return this == DONE || this == CANCELLED || this == FAILED;
        }
    }

    /** What happened, and how long after the start. */
    public record Step(long millis, String text) {}

    /**
     * A run as it is now.
     *
     * @param wanted how many writes it will make; 0 if it ends otherwise
     * @param startedAt epoch milliseconds
     * @param millis how long it has taken so far, or took
     * @param samples one for each second that is over, until its clients have ended
     * @param failure why it could not be done; null unless it failed
     */
    public record View(
            String id,
            String kind,
            String name,
            State state,
            long startedAt,
            long millis,
            long wanted,
            int acknowledged,
            List<Step> steps,
            List<Tally.Sample> samples,
            @Nullable Verdict verdict,
            @Nullable String failure) {}

    /** @param now epoch milliseconds */
    Run(String id, String kind, String name, long wanted, long now) {
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.wanted = wanted;
        this.startedAt = now;
        this.began = System.nanoTime();
        this.tally = new Tally(began);
    }

    public String id() {
        return id;
    }

    /** Begins the id of each of its requests. */
    String prefix() {
        return "lab-" + id;
    }

    long began() {
        return began;
    }

    Tally tally() {
        return tally;
    }

    /** Lets its clients end what they are at, and judges that. */
    public void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    synchronized void say(String text) {
        steps.add(new Step(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), text));
    }

    /** Its clients have ended. */
    synchronized void judging() {
        state = State.JUDGING;
        quietAt = System.nanoTime();
    }

    synchronized void ended(Verdict how) {
        verdict = how;
        overAt = System.nanoTime();
        state = failure != null ? State.FAILED : cancelled ? State.CANCELLED : State.DONE;
    }

    /** The first thing that went wrong is the one that is told. */
    synchronized void failed(String why) {
        failure = failure == null ? why : failure;
    }

    synchronized void over() {
        if (!state.isOver()) {
            overAt = System.nanoTime();
            quietAt = state == State.JUDGING ? quietAt : overAt;
            state = State.FAILED;
        }
    }

    public synchronized boolean isOver() {
        return state.isOver();
    }

    public synchronized View view() {
        long now = System.nanoTime();
        return new View(
                id,
                kind,
                name,
                state,
                startedAt,
                TimeUnit.NANOSECONDS.toMillis((state.isOver() ? overAt : now) - began),
                wanted,
                tally.acknowledged(),
                List.copyOf(steps),
                tally.samples(state == State.RUNNING ? now : quietAt),
                verdict,
                failure);
    }
}
