package io.ringstore.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The requests that a ledger remembered at one moment, in the order in which they were decided (§8.4). */
public final class RememberedRequests {

    static final RememberedRequests NONE = new RememberedRequests(List.of(), 0, 0);

    private final List<RequestBlock> blocks;
    private final int forgotten;
    private final int size;

    /**
     * @param blocks nobody adds to them
     * @param forgotten so many of the first block do not count
     */
    RememberedRequests(List<RequestBlock> blocks, int forgotten, int size) {
        this.blocks = blocks;
        this.forgotten = forgotten;
        this.size = size;
    }

    static RememberedRequests of(List<RememberedRequest> requests) {
        var table = new RequestTable();
        requests.forEach(table::add);
        return table.picture();
    }

    public int size() {
        return size;
    }

    List<RequestBlock> blocks() {
        return blocks;
    }

    int forgotten() {
        return forgotten;
    }

    void writeTo(LedgerWriter writer) throws IOException {
        writer.number(size);
        int from = forgotten;
        for (RequestBlock block : blocks) {
            block.writeTo(writer, from);
            from = 0;
        }
    }

    static RememberedRequests readFrom(LedgerReader reader) throws IOException {
        List<RequestBlock> blocks = new ArrayList<>();
        long size = reader.number();
        int read = 0;
        while (read < size) {
            blocks.add(RequestBlock.readFrom(reader));
            read += blocks.getLast().size();
        }
        if (read != size) {
            throw new MalformedLedgerData(read + " remembered requests, not " + size);
        }
        return new RememberedRequests(blocks, 0, read);
    }
}
