package io.ringstore.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringstore.api.FenceMessage;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What watchers are told of revisions that several records share. */
class RecentTests {

    private static final OriginMessage ORIGIN =
            new OriginMessage(new FenceMessage(1, 7), "sync-2", 2, 0, "store-0", "store-0", 1);

    private static RecordMessage put(long revision, String key) {
        return new RecordMessage(revision, "put", key, null, null, "request", null, null, null, 0, ORIGIN);
    }

    private static String events(Recent recent, String prefix) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        recent.writeTo(events, prefix, record -> record.key().getBytes(StandardCharsets.UTF_8));
        return events.toString(StandardCharsets.UTF_8);
    }

    @Test
    void recordsOfOneRevisionAreTakenTogether() {
        List<Recent> revisions = Recent.of(List.of(put(1, "a"), put(2, "b"), put(2, "c"), put(3, "d")));

        assertThat(revisions).extracting(Recent::revision).containsExactly(1L, 2L, 3L);
        assertThat(revisions.get(1).records()).extracting(RecordMessage::key).containsExactly("b", "c");
    }

    @Test
    void aPageWithoutRecordsHasNoRevisions() {
        assertThat(Recent.of(List.of())).isEmpty();
    }

    @Test
    void whoLosesTheConnectionWithinATransactionGetsAllOfItAgain() {
        Recent transaction = Recent.of(List.of(put(5, "a/1"), put(5, "a/2"))).getFirst();

        assertThat(events(transaction, "a/"))
                .as("only the last event moves Last-Event-ID on")
                .isEqualTo("event: put\ndata: a/1\n\nid: 5\nevent: put\ndata: a/2\n\n");
    }

    @Test
    void theLastOneThatIsWantedHasTheIdThoughOthersFollow() {
        Recent transaction =
                Recent.of(List.of(put(5, "a/1"), put(5, "b/1"), put(5, "b/2"))).getFirst();

        assertThat(events(transaction, "a/")).isEqualTo("id: 5\nevent: put\ndata: a/1\n\n");
        assertThat(events(transaction, "c/")).isEmpty();
        assertThat(transaction.concerns("c/")).isFalse();
    }
}
