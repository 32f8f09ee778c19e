package io.ringstore.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembered requests: the first in is the first out, each is found by its id, and a picture copies one block. */
final class RequestTable {

    private static final int PLACE_IN_BLOCK_BITS = 8;
    private static final int PLACE_IN_BLOCK = (1 << PLACE_IN_BLOCK_BITS) - 1;

    private final RequestIndex index = new RequestIndex();

    /** Only to the last one is added. */
    private final List<RequestBlock> blocks = new ArrayList<>();

    /** Blocks are numbered on, around the range of an int. */
    private int firstNumber;

    /** So many of the first block do not count any more. */
    private int forgotten;

    private int size;
    private long outcomeBytes;

    RequestTable() {}

    /** With what a picture shows. */
    RequestTable(RememberedRequests picture) {
        blocks.addAll(picture.blocks());
        forgotten = picture.forgotten();
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
            outcomeBytes -= blocks.getFirst().get(at).outcomeBytes();
        }
    }

    /** Not 0, as an index wants it. */
    private static long place(int number, int at) {
        return Integer.toUnsignedLong(number) << PLACE_IN_BLOCK_BITS | at + 1;
    }

    private RequestBlock block(long place) {
        return blocks.get((int) (place >>> PLACE_IN_BLOCK_BITS) - firstNumber);
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
        if (blocks.isEmpty() || blocks.getLast().isFull()) {
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
            RememberedRequest found = block(place).get(at(place));
            return found.id().equals(id) ? found : null;
        });
    }

    /** When the first one expires, epoch milliseconds; never if there is none. */
    long firstExpiry() {
        return size == 0 ? Long.MAX_VALUE : blocks.getFirst().expiresAt(forgotten);
    }

    /** Forgets the first one; there must be one. */
    void forgetFirst() {
        RequestBlock block = blocks.getFirst();
        RememberedRequest first = block.get(forgotten);
        index.remove(first.id(), place(firstNumber, forgotten));
        outcomeBytes -= first.outcomeBytes();
        size--;
        forgotten++;
        if (forgotten == block.size()) {
            blocks.removeFirst();
            firstNumber++;
            forgotten = 0;
        }
    }

    /** All of them as they are now, whatever becomes of this table; any thread may look at it that is told of it. */
    RememberedRequests picture() {
        List<RequestBlock> shown = new ArrayList<>(blocks);
        if (!shown.isEmpty()) {
            shown.addLast(shown.removeLast().copy());
        }
        return new RememberedRequests(List.copyOf(shown), forgotten, size);
    }
}
