package io.ringstore.sync.trace;

import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.Write;
import io.ringstore.link.trace.Traces;
import io.ringstore.link.trace.Traces.Place;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the writes that wait here come from, so that a batch is shown in the traces of all that it carries. */
public final class TracedWrites {

    /** For tests. */
    public static final TracedWrites NONE = new TracedWrites(Traces.OFF);

    private final Traces traces;
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    public TracedWrites(Traces traces) {
        this.traces = traces;
    }

    /** Notes that writes have come with the request that this thread serves. */
    public void arrived(List<Write> writes) {
        Place here = traces.here();
        if (!here.equals(Place.NOWHERE)) {
            writes.forEach(write -> places.put(write.requestId(), here));
        }
    }

    /** The request that this thread serves does not wait for them any more. */
    public void gone(List<Write> writes) {
        Place here = traces.here();
        if (!here.equals(Place.NOWHERE)) {
            writes.forEach(write -> places.remove(write.requestId(), here));
        }
    }

    /** Begins a call to the store on this thread. */
    public Traces.Span storeCall(Batch batch) {
        return traces.call(
                "store batch",
                batch.entries(),
                entry -> places.getOrDefault(entry.write().requestId(), Place.NOWHERE));
    }
}
