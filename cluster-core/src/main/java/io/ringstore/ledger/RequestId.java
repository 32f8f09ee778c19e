package io.ringstore.ledger;

import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;

/** A request id in as little memory as it needs: millions of them are remembered. */
sealed interface RequestId {

    int UUID_LENGTH = 36;

    /** Any text; one that is a UUID but for its capitals is another id than the UUID in small letters. */
    record Text(String text) implements RequestId {

        @Override
        public String toString() {
            return text;
        }
    }

    /** A UUID in its canonical form: 128 bits, small letters. */
    record Uuid(long high, long low) implements RequestId {

        @Override
        public String toString() {
            HexFormat hex = HexFormat.of();
            String first = hex.toHexDigits(high);
            String second = hex.toHexDigits(low);
            return first.substring(0, 8)
                    + '-'
                    + first.substring(8, 12)
                    + '-'
                    + first.substring(12)
                    + '-'
                    + second.substring(0, 4)
                    + '-'
                    + second.substring(4);
        }
    }

    static RequestId of(String text) {
        boolean canonical = looksLikeUuid(text) && text.equals(text.toLowerCase(Locale.ROOT));
        return canonical ? parse(text) : new Text(text);
    }

    /** When a UUIDv7 was made, epoch milliseconds: its first 48 bits (RFC 9562). Other ids do not tell. */
    default OptionalLong madeAt() {
        return switch (this) {
            case Text(String text) -> looksLikeUuid(text) ? parse(text).madeAt() : OptionalLong.empty();
            case Uuid(long high, long _) ->
                (high >>> 12 & 0xF) == 7 ? OptionalLong.of(high >>> 16) : OptionalLong.empty();
        };
    }

    private static boolean looksLikeUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : !HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static Uuid parse(String text) {
        long high = HexFormat.fromHexDigitsToLong(text, 0, 8) << 32
                | HexFormat.fromHexDigitsToLong(text, 9, 13) << 16
                | HexFormat.fromHexDigitsToLong(text, 14, 18);
        long low = HexFormat.fromHexDigitsToLong(text, 19, 23) << 48 | HexFormat.fromHexDigitsToLong(text, 24, 36);
        return new Uuid(high, low);
    }
}
