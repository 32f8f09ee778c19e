package io.ringstore.link.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.FenceMessage;
import io.ringstore.api.KeyRead;
import io.ringstore.api.KeysQuestion;
import io.ringstore.api.OriginMessage;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.api.WriteMessage;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryFormTests {

    private static final OriginMessage ORIGIN =
            new OriginMessage(new FenceMessage(7, 1042), "sync-2", 2, 1_764_000_000_123L, "store-1", "store-0", 3);
    private static final OriginMessage OTHER =
            new OriginMessage(new FenceMessage(7, 1047), "sync-2", 2, 1_764_000_000_124L, "store-2", "store-0", 3);
    private static final WriteMessage FULL = new WriteMessage(
            "id-1", "C1", -1L, "alice", "put", "ключ/R1", new byte[] {0, -1, 7}, "text/plain", 41L, null, 5_000);
    private static final WriteMessage BARE =
            new WriteMessage("id-2", null, null, null, "delete", "R2", null, null, null, false, 1);

    @Test
    void writesComeBackAsTheyWent() throws IOException {
        List<WriteMessage> back = throughBytes(new WritesForm(), List.of(FULL, BARE));

        assertThat(back).usingRecursiveComparison().isEqualTo(List.of(FULL, BARE));
    }

    @Test
    void everyPresenceOfAKeyCanBeAskedFor() throws IOException {
        for (Boolean exists : Arrays.asList(null, true, false)) {
            WriteMessage write =
                    new WriteMessage("i", null, null, null, "put", "k", new byte[0], null, null, exists, 1);
            assertThat(throughBytes(new WritesForm(), List.of(write)).getFirst().ifExists())
                    .isEqualTo(exists);
        }
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyStatusComesBack(Status status) throws IOException {
        assertThat(throughBytes(new ResultsForm(), List.of(WriteResult.of(status))))
                .containsExactly(WriteResult.of(status));
    }

    @Test
    void whatKeysHoldComesBack() throws IOException {
        KeysQuestion question = new KeysQuestion("local", List.of("R1", "ключ/R1", ""));
        List<KeyRead> reads = List.of(
                new KeyRead(null, 41, 2),
                new KeyRead(record(new byte[] {0, -1, 7}, "text/plain", "C1", -1L, "alice"), 42, 0),
                new KeyRead(record(new byte[0], null, null, null, null), 43, 0));

        assertThat(throughBytes(new KeysQuestionForm(), question)).isEqualTo(question);
        assertThat(throughBytes(new KeyReadsForm(), reads))
                .usingRecursiveComparison()
                .isEqualTo(reads);
    }

    private static RecordMessage record(
            byte[] value,
            @Nullable String contentType,
            @Nullable String client,
            @Nullable Long clientTimestamp,
            @Nullable String principal) {
        return new RecordMessage(
                41, "put", "ключ/R1", value, contentType, "id-1", client, clientTimestamp, principal, 77, ORIGIN);
    }

    @Test
    void eachResultKeepsItsOwnOrigin() throws IOException {
        List<WriteResult> results = List.of(
                committed(1, ORIGIN),
                committed(2, ORIGIN).withStoreMicros(1_850),
                WriteResult.of(Status.NO_SUCH_KEY),
                committed(3, ORIGIN),
                committed(4, OTHER),
                committed(5, ORIGIN));

        assertThat(throughBytes(new ResultsForm(), results)).isEqualTo(results);
    }

    @Test
    void whatATransactionDidComesBack() throws IOException {
        WriteResult did = WriteResult.transacted(7, new byte[] {1, 2, 3}, true, ORIGIN);

        assertThat(throughBytes(new ResultsForm(), List.of(did, committed(8, ORIGIN))))
                .usingRecursiveComparison()
                .isEqualTo(List.of(did, committed(8, ORIGIN)));
    }

    @Test
    void aBatchAnswerCarriesTheStoresView() throws IOException {
        StoreViewMessage view = new StoreViewMessage(new FenceMessage(7, -1), 3, List.of("sync-0", "sync-1"), 99);
        BatchAnswer answer = new BatchAnswer(List.of(committed(1, ORIGIN)), view);

        assertThat(throughBytes(new BatchAnswerForm(), answer)).isEqualTo(answer);
    }

    @Test
    void whatIsCutOffOrTooLongIsRefused() throws IOException {
        byte[] whole = bytes(new WritesForm(), List.of(FULL, BARE));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new WritesForm().read(in(cut))).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> new WritesForm().read(in(Arrays.copyOf(whole, whole.length + 1))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aBodyOfAnotherVersionIsRefusedAndSaysWhichItIs() throws IOException {
        byte[] body = BinaryForms.WRITES.write(List.of(FULL));
        assertThat(BinaryForms.WRITES.read(new ByteArrayInputStream(body))).hasSize(1);

        body[0] = 2;

        assertThatThrownBy(() -> BinaryForms.WRITES.read(new ByteArrayInputStream(body)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aSenselessLengthIsRefusedBeforeMemoryIsTaken() {
        Stream.of(-2, Integer.MAX_VALUE, 1 << 17)
                .forEach(count -> assertThatThrownBy(() -> new WritesForm().read(in(new byte[] {
                            (byte) (count >> 24), (byte) (count >> 16), (byte) (count >> 8), (byte) (int) count
                        })))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("elements"));
    }

    private static WriteResult committed(long revision, OriginMessage origin) {
        return new WriteResult(Status.COMMITTED, revision, true, false, origin);
    }

    private static <T> T throughBytes(BinaryForm<T> form, T body) throws IOException {
        return form.read(in(bytes(form, body)));
    }

    private static <T> byte[] bytes(BinaryForm<T> form, T body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        form.write(body, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
