package io.ringstore.client.gateway;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Makes UUIDv7 request ids (RFC 9562): 48 bits of milliseconds, the rest random. */
public final class RequestIdMaker {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public RequestIdMaker(InstantSource clock) {
        this.clock = clock;
    }

    public String next() {
        byte[] drawn = new byte[10];
        random.nextBytes(drawn);
        ByteBuffer bits = ByteBuffer.wrap(drawn);
        long high = (clock.millis() << 16) | VERSION_7 | (bits.getShort() & 0xFFFL);
        long low = VARIANT | (bits.getLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
