package io.ringstore.client.read;

import io.ringstore.api.KeyRead;
import io.ringstore.api.KeysQuestion;
import io.ringstore.client.read.StoreReads.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.web.client.RestClientException;

/**
 * Reads of single keys, of one consistency: while calls are under way the next ones gather, and nothing waits for a timer.
 *
 * <p>One of those who read makes the call for all. When it is answered, the one who has waited longest makes the next, so no
 * read is answered by a call that began before it.
 */
final class ReadGathering {

    /** At once; one is on its way while another is answered. */
    static final int MAX_CALLS = 2;

    static final int MAX_KEYS = 256;

    private final StoreReads reads;
    private final String consistency;
    private final Duration patience;
    private final Deque<PendingRead> gathering = new ArrayDeque<>();
    private int calls;

    ReadGathering(StoreReads reads, String consistency, Duration patience) {
        this.reads = reads;
        this.consistency = consistency;
        this.patience = patience;
    }

    /**
     * What a key holds now.
     *
     * @throws StoreUnavailable if no node answered in time
     */
    KeyRead read(String key) {
        PendingRead mine = new PendingRead(key, System.nanoTime() + patience.toNanos());
        enter(mine);
        while (true) {
            switch (mine.awaitTurn()) {
                case PendingRead.Answered(KeyRead answer) -> {
                    return answer;
                }
                case PendingRead.Failed(RuntimeException failure) -> throw failure;
                case PendingRead.CallForAll _ -> call(mine);
                case PendingRead.Late _ -> {
                    leave(mine);
                    throw new StoreUnavailable(null);
                }
            }
        }
    }

    /** How many wait for somebody else's call to end. */
    synchronized int waiting() {
        return gathering.size();
    }

    private synchronized void enter(PendingRead mine) {
        if (calls == MAX_CALLS) {
            gathering.add(mine);
        } else {
            calls++;
            mine.callForAll();
        }
    }

    /** Its turn to call may have come in the moment it gave up. */
    private synchronized void leave(PendingRead mine) {
        if (!gathering.remove(mine) && mine.isToCall()) {
            passOn();
        }
    }

    private void call(PendingRead mine) {
        List<PendingRead> batch = take(mine);
        try {
            answer(batch, mine.deadline());
        } catch (StoreUnavailable late) {
            mine.failed(late);
            // The others may have come later, and have time.
            putBack(batch.subList(1, batch.size()));
        } catch (RuntimeException failure) {
            batch.forEach(read -> read.failed(failure));
        } finally {
            passOn();
        }
    }

    private void answer(List<PendingRead> batch, long deadline) {
        KeysQuestion question = new KeysQuestion(
                consistency, batch.stream().map(PendingRead::key).toList());
        List<KeyRead> answers = reads.ask(deadline, store -> store.reads(question));
        if (answers.isEmpty() || answers.size() > batch.size()) {
            throw new RestClientException(answers.size() + " answers for " + batch.size() + " keys");
        }
        for (int i = 0; i < answers.size(); i++) {
            batch.get(i).answered(answers.get(i));
        }
        putBack(batch.subList(answers.size(), batch.size()));
    }

    private synchronized List<PendingRead> take(PendingRead mine) {
        List<PendingRead> batch = new ArrayList<>();
        batch.add(mine);
        while (batch.size() < MAX_KEYS && !gathering.isEmpty()) {
            batch.add(gathering.remove());
        }
        return batch;
    }

    /** Those whom the answer had no room for are the next. */
    private synchronized void putBack(List<PendingRead> unanswered) {
        unanswered.reversed().forEach(gathering::addFirst);
    }

    private synchronized void passOn() {
        PendingRead next = gathering.poll();
        if (next == null) {
            calls--;
        } else {
            next.callForAll();
        }
    }
}
