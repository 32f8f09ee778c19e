package io.ringstore.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What an operation asks for in 128 bits: the first half of its SHA-256, so that nobody can make two that collide.
 *
 * <p>The client's name and timestamp are not part of it: a retry may carry others.
 */
public record PayloadHash(long high, long low) {

    /** Computes hashes; used by one thread. */
    static final class Maker {

        private final MessageDigest digest = sha256();
        private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

        PayloadHash of(Operation operation) {
            switch (operation) {
                case Operation.Put(String key, Value value, Precondition precondition) -> {
                    digest.update((byte) 1);
                    text(key);
                    text(value.contentType());
                    precondition(precondition);
                    digest.update(value.bytes());
                }
                case Operation.Delete(String key, Precondition precondition) -> {
                    digest.update((byte) 2);
                    text(key);
                    precondition(precondition);
                }
                case Txn txn -> {
                    digest.update((byte) 3);
                    digest.update(LedgerCodec.encode(txn));
                }
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new PayloadHash(hash.getLong(), hash.getLong());
        }

        private void precondition(Precondition precondition) {
            switch (precondition) {
                case Precondition.Always() -> digest.update((byte) 0);
                case Precondition.AtRevision(long revision) -> {
                    digest.update((byte) 1);
                    number(revision);
                }
                case Precondition.Absent() -> digest.update((byte) 2);
                case Precondition.Present() -> digest.update((byte) 3);
            }
        }

        /** The length goes first, so that no two sequences of texts look alike. */
        private void text(@Nullable String text) {
            if (text == null) {
                number(-1);
                return;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            digest.update(bytes);
        }

        private void number(long number) {
            digest.update(eight.putLong(0, number).array());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }
}
