package io.ringstore.client.watch;

import io.ringstore.api.RecordMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was written at one revision, several records of it if it was a transaction, and the events that tell of it. */
final class Recent {

    /** What a record takes in the heap beside its key and value. */
    private static final long OVERHEAD = 500;

    private final List<Told> told;

    /** A record and its event without an id, made once for all who want it. */
    private static final class Told {

        private final RecordMessage record;
        private volatile byte @Nullable [] event;

        Told(RecordMessage record) {
            this.record = record;
        }

        /** Made by whoever comes first, and not under any lock. */
        byte[] event(RecordEncoder encoder) {
            byte[] made = event;
            if (made == null) {
                made = Events.withoutId(record.op(), encoder.encode(record));
                event = made;
            }
            return made;
        }
    }

    /** @param records of one revision, at least one */
    private Recent(List<RecordMessage> records) {
        told = records.stream().map(Told::new).toList();
    }

    /** Records of a log, by revision. */
    static List<Recent> of(List<RecordMessage> records) {
        List<Recent> revisions = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= records.size(); end++) {
            if (end == records.size()
                    || records.get(end).revision() != records.get(begin).revision()) {
                revisions.add(new Recent(records.subList(begin, end)));
                begin = end;
            }
        }
        return revisions;
    }

    long revision() {
        return told.getFirst().record.revision();
    }

    List<RecordMessage> records() {
        return told.stream().map(one -> one.record).toList();
    }

    boolean concerns(String prefix) {
        return told.stream().anyMatch(one -> one.record.key().startsWith(prefix));
    }

    /**
     * Writes the events of a prefix. Only the last of them has the revision as its id: who lost the connection between two
     * of them resumes before the first.
     *
     * @return how many
     */
    int writeTo(ByteArrayOutputStream events, String prefix, RecordEncoder encoder) {
        List<Told> wanted =
                told.stream().filter(one -> one.record.key().startsWith(prefix)).toList();
        for (int i = 0; i < wanted.size(); i++) {
            if (i == wanted.size() - 1) {
                events.writeBytes(Events.id(revision()));
            }
            events.writeBytes(wanted.get(i).event(encoder));
        }
        return wanted.size();
    }

    /** Roughly what it takes in the heap, the events included. */
    long weight() {
        return told.stream().mapToLong(one -> weight(one.record)).sum();
    }

    private static long weight(RecordMessage record) {
        byte[] value = record.value();
        return OVERHEAD + 4L * record.key().length() + (value == null ? 0 : 3L * value.length);
    }
}
