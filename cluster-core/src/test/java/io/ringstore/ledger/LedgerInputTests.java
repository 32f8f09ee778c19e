package io.ringstore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** It reads what a {@link DataInputStream} reads, however the bytes come. */
class LedgerInputTests {

    private static final int ITEMS = 40_000;
    private static final int KINDS = 10;

    private static byte[] written() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (int i = 0; i < ITEMS; i++) {
            switch (i % KINDS) {
                case 0 -> out.writeLong(random.nextLong());
                case 1 -> out.writeInt(random.nextInt());
                case 2 -> out.writeByte(random.nextInt());
                case 3 -> out.writeUTF("é" + random.nextInt());
                case 4 -> out.writeBoolean(random.nextBoolean());
                case 5 -> out.writeChar(random.nextInt());
                case 6 -> out.writeFloat(random.nextInt());
                case 7 -> out.writeDouble(random.nextInt());
                case 8 -> out.writeShort(random.nextInt());
                default -> out.write(new byte[i % 311]);
            }
        }
        return bytes.toByteArray();
    }

    private static List<Object> read(DataInput in) throws IOException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            byte[] block = new byte[i % 311];
            switch (i % KINDS) {
                case 0 -> items.add(in.readLong());
                case 1 -> items.add(in.readInt());
                case 2 -> items.add(in.readUnsignedByte());
                case 3 -> items.add(in.readUTF());
                case 4 -> items.add(in.readBoolean());
                case 5 -> items.add(in.readChar());
                case 6 -> items.add(in.readFloat());
                case 7 -> items.add(in.readDouble());
                case 8 -> items.add(in.readUnsignedShort());
                default -> in.readFully(block);
            }
        }
        return items;
    }

    /** Gives a few bytes at a time. */
    private static LedgerInput dripping(byte[] bytes) {
        return new LedgerInput(new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int reads;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 1 + reads++ % 7));
            }
        });
    }

    @Test
    void thatIsTheSameFromMemoryAndFromAStream() throws IOException {
        byte[] bytes = written();
        List<Object> expected = read(new DataInputStream(new ByteArrayInputStream(bytes)));

        assertThat(read(new LedgerInput(bytes.clone()))).isEqualTo(expected);
        assertThat(read(dripping(bytes))).isEqualTo(expected);
    }

    @Test
    void whatEndsTooEarlyIsNoticedAndNotTouched() {
        byte[] bytes = {1, 2, 3, 4, 5};
        byte[] given = bytes.clone();
        for (LedgerInput in : List.of(new LedgerInput(given), dripping(bytes))) {
            assertThatThrownBy(in::readLong).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> in.readFully(new byte[6])).isInstanceOf(EOFException.class);
        }
        assertThat(given).isEqualTo(bytes);
    }

    @Test
    void asAStreamItIsTheSameToo() throws IOException {
        byte[] bytes = written();
        for (LedgerInput in : List.of(new LedgerInput(bytes.clone()), dripping(bytes))) {
            assertThat(in.read()).isEqualTo(bytes[0] & 0xFF);
            assertThat(in.skipBytes(3)).isEqualTo(3);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 4, bytes.length));
            assertThat(in.read()).isEqualTo(-1);
            in.close();
        }
    }

    @Test
    void thereAreNoLinesInIt() {
        assertThatThrownBy(new LedgerInput(new byte[1])::readLine).isInstanceOf(UnsupportedOperationException.class);
    }
}
