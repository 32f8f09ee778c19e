package io.ringstore.client.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a listing goes on: at its revision, after the last key of the page before.
 *
 * <p>Callers get it as opaque text; its checksum is there to refuse what was cut or mistyped, not what was forged:
 * whoever may list can ask for any place of any listing anyway.
 */
record Cursor(long revision, String prefix, String after) {

    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Long.BYTES + Short.BYTES;
    private static final int LONGEST = 3_000;

    String encode() {
        byte[] prefixBytes = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] afterBytes = after.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + prefixBytes.length + afterBytes.length + Integer.BYTES)
                .put(VERSION)
                .putLong(revision)
                .putShort((short) prefixBytes.length)
                .put(prefixBytes)
                .put(afterBytes);
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** What {@link #encode} made of a listing of this prefix; anything else is a 400. */
    static Cursor decode(String text, String prefix) {
        Cursor cursor = decode(text);
        if (!cursor.prefix().equals(prefix)) {
            throw Problems.badRequest("This cursor belongs to a listing of another prefix.");
        }
        return cursor;
    }

    private static Cursor decode(String text) {
        byte[] bytes = text.length() > LONGEST ? new byte[0] : bytes(text);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int content = bytes.length - HEADER - Integer.BYTES;
        boolean intact = content >= 0
                && bytes[0] == VERSION
                && buffer.getInt(bytes.length - Integer.BYTES) == checksum(bytes)
                && buffer.getShort(HEADER - Short.BYTES) >= 0
                && buffer.getShort(HEADER - Short.BYTES) <= content
                && buffer.getLong(1) >= 0;
        if (!intact) {
            throw notOurs();
        }
        int prefixLength = buffer.getShort(HEADER - Short.BYTES);
        return new Cursor(
                buffer.getLong(1),
                text(buffer.slice(HEADER, prefixLength)),
                text(buffer.slice(HEADER + prefixLength, content - prefixLength)));
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            throw notOurs();
        }
    }

    private static String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException noText) {
            throw notOurs();
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static Problem notOurs() {
        return Problems.badRequest("This cursor is not one that a listing gave out.");
    }
}
