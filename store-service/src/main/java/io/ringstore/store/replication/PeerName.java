package io.ringstore.store.replication;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.ratis.protocol.RaftPeerId;

/** A peer id is the name of its node and a random suffix, such as {@code store-0-5e0d1c7a} (P6). */
final class PeerName {

    private static final int SUFFIX_BYTES = 4;

    private PeerName() {}

    static String create(String node) {
        byte[] suffix = new byte[SUFFIX_BYTES];
        new SecureRandom().nextBytes(suffix);
        return node + "-" + HexFormat.of().formatHex(suffix);
    }

    /** The node on whose disk a peer lives, or lived. */
    static String nodeOf(String peer) {
        int dash = peer.lastIndexOf('-');
        return dash < 0 ? peer : peer.substring(0, dash);
    }

    static String nodeOf(RaftPeerId peer) {
        return nodeOf(peer.toString());
    }
}
