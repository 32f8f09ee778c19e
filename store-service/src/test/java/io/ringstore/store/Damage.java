package io.ringstore.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes messages that make no sense out of one that does; the same ones for the same seed. */
public final class Damage {

    private static final List<String> ODD = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "-1",
            "1e400",
            "\u0000",
            "\"\\ud800\"",
            "99999999999999999999",
            "[".repeat(2_000));

    private final SplittableRandom random;

    public Damage(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public byte[] to(byte[] good) {
        byte[] bad = good.clone();
        int at = random.nextInt(good.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(good, at);
            case 1 -> insert(good, at, ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8));
            case 2 -> insert(good, at, Arrays.copyOfRange(good, at, good.length));
            case 3 -> {
                for (int i = random.nextInt(1, 9); i > 0; i--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                yield bad;
            }
            case 4 -> {
                bad[at] = (byte) (bad[at] ^ (1 << random.nextInt(8)));
                yield bad;
            }
            default -> { // something is missing in the middle
                int after = Math.min(good.length, at + 1 + random.nextInt(8));
                byte[] rest = Arrays.copyOfRange(good, after, good.length);
                yield insert(Arrays.copyOf(good, at), at, rest);
            }
        };
    }

    private static byte[] insert(byte[] into, int at, byte[] more) {
        byte[] all = new byte[into.length + more.length];
        System.arraycopy(into, 0, all, 0, at);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(into, at, all, at + more.length, into.length - at);
        return all;
    }
}
