package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembered requests: the first in is the first out, each is found by its id, and a picture copies one block.
 *
 * <p>After a rest of some minutes all of a million expire at once. They are forgotten at once, too, but taken out of the index
 * little by little: all of them would keep every replica from applying anything for most of a second.
 */
final class RequestTable {

    /** Of the forgotten ones, so many are taken out of the index when some may have expired; half a millisecond's work. */
    static final int TIDIED_AT_ONCE = 1_024;

    private static final int PLACE_IN_BLOCK_BITS = 8;
    private static final int PLACE_IN_BLOCK = (1 << PLACE_IN_BLOCK_BITS) - 1;

    private final RequestIndex index = new RequestIndex();

    /** Only to the last one is added; of the first ones the index may still know some that are forgotten. */
    private final List<RequestBlock> blocks = new ArrayList<>();

    /** Blocks are numbered on, around the range of an int. */
    private int firstNumber;

    /** So many of the first block the index does not know any more. */
    private int tidied;

    /** So many blocks do not count any more. */
    private int forgottenBlocks;

    /** So many of the first block that counts do not count any more. */
    private int forgotten;

    private int size;
    private long outcomeBytes;

    RequestTable() {}

    /** With what a picture shows. */
    RequestTable(RememberedRequests picture) {
        blocks.addAll(picture.blocks());
        forgotten = picture.forgotten();
        tidied = forgotten;
        size = picture.size();
        int from = forgotten;
        for (int number = 0; number < blocks.size(); number++) {
            RequestBlock block = blocks.get(number);
            outcomeBytes += block.outcomeBytes();
            for (int at = from; at < block.size(); at++) {
                index.put(block.id(at), place(number, at));
            }
            from = 0;
        }
        for (int at = 0; at < forgotten; at++) {
            outcomeBytes -= blocks.getFirst().outcomeBytes(at);
        }
    }

    /** Not 0, as an index wants it. */
    private static long place(int number, int at) {
        return Integer.toUnsignedLong(number) << PLACE_IN_BLOCK_BITS | at + 1;
    }

    private int block(long place) {
        return (int) (place >>> PLACE_IN_BLOCK_BITS) - firstNumber;
    }

    private static int at(long place) {
        return (int) (place & PLACE_IN_BLOCK) - 1;
    }

    int size() {
        return size;
    }

    /** Of what transactions did. */
    long outcomeBytes() {
        return outcomeBytes;
    }

    /** Adds one whose id is not there. */
    void add(RememberedRequest request) {
        tidy(1);
        if (forgottenBlocks == blocks.size() || blocks.getLast().isFull()) {
            open();
        }
        RequestBlock last = blocks.getLast();
        index.put(request.id(), place(firstNumber + blocks.size() - 1, last.size()));
        last.add(request);
        size++;
        outcomeBytes += request.outcomeBytes();
    }

    /** A full block gives back the memory that it did not need. */
    private void open() {
        if (!blocks.isEmpty()) {
            blocks.addLast(blocks.removeLast().copy());
        }
        blocks.addLast(new RequestBlock());
    }

    @Nullable
    RememberedRequest find(RequestId id) {
        return index.find(id, place -> {
            int block = block(place);
            int at = at(place);
            RememberedRequest found = counts(block, at) ? blocks.get(block).get(at) : null;
            return found != null && found.id().equals(id) ? found : null;
        });
    }

    private boolean counts(int block, int at) {
        return block == forgottenBlocks ? at >= forgotten : block > forgottenBlocks;
    }

    /**
     * Forgets the first ones, up to the first that has not expired.
     *
     * @param time epoch milliseconds; what expires then stays
     */
    void forgetExpired(long time) {
        while (size > 0) {
            RequestBlock block = blocks.get(forgottenBlocks);
            if (forgotten == 0 && block.lastExpiry() < time) {
                size -= block.size();
                outcomeBytes -= block.outcomeBytes();
                forgottenBlocks++;
            } else if (block.expiresAt(forgotten) < time) {
                forgetFirst(block);
            } else {
                break;
            }
        }
        tidy(TIDIED_AT_ONCE);
    }

    private void forgetFirst(RequestBlock block) {
        size--;
        outcomeBytes -= block.outcomeBytes(forgotten);
        forgotten++;
        if (forgotten == block.size()) {
            forgottenBlocks++;
            forgotten = 0;
        }
    }

    private void tidy(int most) {
        for (int left = most; left > 0 && (forgottenBlocks > 0 || tidied < forgotten); left--) {
            RequestBlock block = blocks.getFirst();
            index.remove(block.id(tidied), place(firstNumber, tidied));
            tidied++;
            if (tidied == block.size()) {
                blocks.removeFirst();
                firstNumber++;
                forgottenBlocks--;
                tidied = 0;
            }
        }
    }

    /** How many the index knows: those that count, and the forgotten ones that are still to be taken out. */
    int indexed() {
        return index.size();
    }

    /** All of them as they are now, whatever becomes of this table; any thread may look at it that is told of it. */
    RememberedRequests picture() {
        List<RequestBlock> shown = new ArrayList<>(blocks.subList(forgottenBlocks, blocks.size()));
        if (!shown.isEmpty()) {
            shown.addLast(shown.removeLast().copy());
        }
        return new RememberedRequests(List.copyOf(shown), forgotten, size);
    }
}
