package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is remembered is found until it is forgotten, oldest first, and a picture of it never changes. */
class RequestTableTests {

    private static final NodeId NODE = new NodeId("n");

    private final SplittableRandom random = new SplittableRandom(1);
    private final Deque<RememberedRequest> expected = new ArrayDeque<>();
    private RequestTable table = new RequestTable();
    private int made;

    private record Shown(RememberedRequests picture, List<RememberedRequest> then) {}

    @Test
    void whateverComesAndGoes() {
        List<Shown> shown = new ArrayList<>();
        List<RememberedRequest> forgotten = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            boolean shrinks = i / 5_000 % 3 == 2;
            if (random.nextInt(10) < (shrinks ? 9 : 4) && !expected.isEmpty()) {
                forgotten.addAll(forgetSome());
            } else {
                add();
            }
            check();
            if (i % 777 == 0) {
                shown.add(new Shown(table.picture(), List.copyOf(expected)));
            }
            if (i % 5_551 == 0) {
                table = new RequestTable(shown.getLast().picture());
                expected.clear();
                expected.addAll(shown.getLast().then());
            }
        }
        assertThat(expected)
                .allSatisfy(each -> assertThat(table.find(each.id())).isEqualTo(each));
        assertThat(forgotten)
                .filteredOn(each -> !expected.contains(each))
                .hasSizeGreaterThan(10_000)
                .allSatisfy(each -> assertThat(table.find(each.id())).isNull());
        for (Shown each : shown) {
            assertThat(all(each.picture())).isEqualTo(each.then());
        }
    }

    private void check() {
        RememberedRequest first = expected.peekFirst();
        RememberedRequest last = expected.peekLast();
        assertThat(table.size()).isEqualTo(expected.size());
        if (first != null && last != null) {
            assertThat(table.find(first.id())).isEqualTo(first);
            assertThat(table.find(last.id())).isEqualTo(last);
        }
        assertThat(table.find(RequestId.of("never made"))).isNull();
    }

    /** As many as expire with the first one, which others may stand behind that live longer. */
    private List<RememberedRequest> forgetSome() {
        long time = expected.getFirst().expiresAt() + (random.nextInt(40) == 0 ? random.nextInt(1_000) : 1);
        List<RememberedRequest> some = new ArrayList<>();
        while (!expected.isEmpty() && expected.getFirst().expiresAt() < time) {
            some.add(expected.removeFirst());
        }
        table.forgetExpired(time);
        return some;
    }

    private void add() {
        int number = made++;
        RequestId id = RequestId.of(
                switch (number % 3) {
                    case 0 -> new UUID(number, 0).toString();
                    case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
                    default -> "text " + number;
                });
        var request = new RememberedRequest(
                id,
                random.nextBoolean() ? "alice" : null,
                new PayloadHash(random.nextLong(), number),
                result(number),
                1_000 + number + random.nextInt(3));
        table.add(request);
        expected.add(request);
    }

    private EntryResult result(int number) {
        return switch (random.nextInt(20)) {
            case 0 -> new EntryResult.NoSuchKey();
            case 1 -> new EntryResult.PreconditionFailed(number);
            case 2 -> new EntryResult.Transacted(number, outcome(random.nextInt(3_000)), false, origin(number));
            default -> new EntryResult.Committed(number, random.nextBoolean(), false, origin(number));
        };
    }

    private static Origin origin(int number) {
        return new Origin(LedgerUnderTest.fence(1, number / 40), NODE, 1, number / 40, NODE, NODE, 1);
    }

    private static TxnOutcome outcome(int length) {
        return new TxnOutcome(
                true, List.of(new TxnOutcome.StepResult.Found(3, LedgerUnderTest.value("v".repeat(length)))));
    }

    @Test
    void theBytesOfOutcomesAreThoseOfWhatIsThere() {
        long most = 0;
        for (int i = 0; i < 2_000; i++) {
            add();
            if (i % 3 == 0) {
                forgetSome();
            }
            if (i % 500 == 0) {
                table = new RequestTable(table.picture());
            }
            assertThat(table.outcomeBytes())
                    .isEqualTo(expected.stream()
                            .mapToLong(RememberedRequest::outcomeBytes)
                            .sum());
            most = Math.max(most, table.outcomeBytes());
        }
        assertThat(most).isPositive();
    }

    /** A ledger goes on from a picture, and so may another one: the simulator does, and a backup that is restored twice. */
    @Test
    void twoTablesThatBeginWithTheSamePictureDoNotSeeEachOther() {
        add();
        RememberedRequests picture = table.picture();
        RequestTable other = new RequestTable(picture);
        add();
        RememberedRequest ofTheFirst = expected.getLast();
        var ofTheOther =
                new RememberedRequest(RequestId.of("x"), null, new PayloadHash(1, 1), new EntryResult.NoSuchKey(), 9);
        other.add(ofTheOther);

        assertThat(table.find(ofTheFirst.id())).isEqualTo(ofTheFirst);
        assertThat(table.find(ofTheOther.id())).isNull();
        assertThat(other.find(ofTheOther.id())).isEqualTo(ofTheOther);
        assertThat(other.find(ofTheFirst.id())).isNull();
        assertThat(picture.size()).isEqualTo(1);
    }

    /** Of 24 bits, that is: they stand one behind the other, and closing a hole must lose none of them. */
    @Test
    void idsOfEqualHashesAreToldApart() {
        List<RememberedRequest> alike = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RequestId id = new RequestId.Uuid(i, -31L * i); // the hash of a record is 31 times the first and the second
            alike.add(new RememberedRequest(id, null, new PayloadHash(i, i), new EntryResult.NoSuchKey(), i));
            table.add(alike.getLast());
        }
        assertThat(alike)
                .extracting(each -> each.id().hashCode())
                .contains(alike.getFirst().id().hashCode());
        for (int gone = 0; gone < alike.size(); gone++) {
            table.forgetExpired(gone + 1);
            assertThat(table.find(alike.get(gone).id())).isNull();
            assertThat(alike.subList(gone + 1, alike.size()))
                    .allSatisfy(each -> assertThat(table.find(each.id())).isEqualTo(each));
        }
    }

    /** Whoever takes them all out of the index at once keeps a replica from applying for most of a second. */
    @Test
    void allThatExpireAtOnceAreForgottenAtOnceAndTakenOutLittleByLittle() {
        for (int i = 0; i < 100_000; i++) {
            add();
        }
        long later = expected.getLast().expiresAt() + 10;

        table.forgetExpired(later);
        assertThat(table.size()).isZero();
        assertThat(table.outcomeBytes()).isZero();
        assertThat(table.picture().size()).isZero();
        assertThat(expected)
                .allSatisfy(each -> assertThat(table.find(each.id())).isNull());
        assertThat(table.indexed()).isGreaterThanOrEqualTo(100_000 - RequestTable.TIDIED_AT_ONCE);

        RememberedRequest again = expected.getFirst();
        expected.clear();
        table.add(new RememberedRequest(again.id(), "bob", again.payload(), again.result(), later + 5));
        assertThat(table.find(again.id()))
                .extracting(RememberedRequest::principal)
                .isEqualTo("bob");
        assertThat(all(table.picture()))
                .extracting(RememberedRequest::principal)
                .containsExactly("bob");
        int before = table.indexed();
        for (int i = 0; i < 5_000; i++) {
            add();
        }
        assertThat(table.indexed()).as("no more than are taken out are added").isLessThanOrEqualTo(before);
        for (int i = 0; i < 100_000 / RequestTable.TIDIED_AT_ONCE; i++) {
            table.forgetExpired(later);
        }
        assertThat(table.indexed()).isEqualTo(table.size()).isEqualTo(5_001);
        assertThat(expected)
                .allSatisfy(each -> assertThat(table.find(each.id())).isEqualTo(each));
    }

    @Test
    void anEmptyOneHasAnEmptyPicture() {
        assertThat(table.picture().size()).isZero();
        assertThat(new RequestTable(table.picture()).size()).isZero();
    }

    @Test
    void largeOutcomesAreWrittenInItemsThatCanBeRead() {
        for (int i = 0; i < 40; i++) {
            var result = new EntryResult.Transacted(i, outcome(200_000), false, origin(i));
            var request = new RememberedRequest(RequestId.of("id " + i), null, new PayloadHash(i, i), result, i);
            table.add(request);
            expected.add(request);
        }

        assertThat(all(read(written()))).containsExactlyElementsOf(expected);
    }

    @Test
    void anotherNumberOfRequestsThanIsWrittenIsRefused() {
        for (int i = 0; i < 10; i++) {
            add();
        }
        int lastOfAll = Long.BYTES - 1;
        int lastOfTheBlock = Long.BYTES + Integer.BYTES - 1;
        byte[] bytes = written();
        bytes[lastOfAll] = 9;
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("10 remembered requests, not 9");
        bytes[lastOfTheBlock] = 9;
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("no block of requests");
    }

    private byte[] written() {
        var bytes = new ByteArrayOutputStream();
        try {
            table.picture().writeTo(new LedgerWriter(new DataOutputStream(bytes)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static RememberedRequests read(byte[] bytes) {
        try {
            return RememberedRequests.readFrom(new LedgerReader(new LedgerInput(bytes), 4 << 20));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<RememberedRequest> all(RememberedRequests picture) {
        List<RememberedRequest> all = new ArrayList<>();
        var copy = new RequestTable(picture);
        for (RequestBlock block : picture.blocks()) {
            for (int at = block == picture.blocks().getFirst() ? picture.forgotten() : 0; at < block.size(); at++) {
                all.add(block.get(at));
                assertThat(copy.find(all.getLast().id())).isEqualTo(all.getLast());
            }
        }
        assertThat(picture.size()).isEqualTo(all.size());
        return all;
    }
}
