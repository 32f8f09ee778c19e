package io.ringstore.store.replication.rest;

import io.ringstore.link.Credentials;
import io.ringstore.link.failpoint.Failpoints;
import java.io.IOException;
import org.apache.ratis.conf.Parameters;

/**
 * What a {@link RestRpcType} needs from outside; handed to it through Ratis' {@link Parameters}.
 *
 * @param credentials of this node, shown with every message
 * @param flush what must be on disk before a promise of this node leaves it
 * @param failpoints where the lab can make this node fail
 */
public record RestTransport(
        PeerDirectory directory,
        Credentials credentials,
        MessageTimeouts timeouts,
        MessageObserver observer,
        Flush flush,
        Failpoints failpoints) {

    private static final String KEY = RestTransport.class.getName();

    /** What Ratis leaves unflushed: the names of files that it renames. */
    public interface Flush {

        /** For tests without a disk worth the name. */
        Flush NOTHING = new Flush() {
            @Override
            public void vote() {}

            @Override
            public void snapshotInstalled() {}
        };

        /** Before the answer to a vote leaves, and before one is asked for: a candidate has voted for itself. */
        void vote() throws IOException;

        /** Before the answer to the last chunk leaves. */
        void snapshotInstalled() throws IOException;

        /** Whether the disk has room for entries and snapshots; if not, they are refused. */
        default boolean hasRoom() {
            return true;
        }

        /** Raft could not write its term and vote down; it must not be asked again (P4). */
        default void promiseFailed(IOException cause) {}

        /** Waits until this node's own log has an entry on disk; only the lab asks, Ratis sends entries before. */
        default void appended(long index) throws IOException {}
    }

    /** A transport outside of the lab. */
    public RestTransport(
            PeerDirectory directory,
            Credentials credentials,
            MessageTimeouts timeouts,
            MessageObserver observer,
            Flush flush) {
        this(directory, credentials, timeouts, observer, flush, Failpoints.NONE);
    }

    /** The same transport with a disk behind it. */
    public RestTransport flushing(Flush disk) {
        return new RestTransport(directory, credentials, timeouts, observer, disk, failpoints);
    }

    /** Adds this to what Ratis hands to its transport. */
    public Parameters addTo(Parameters parameters) {
        parameters.put(KEY, this, RestTransport.class);
        return parameters;
    }

    static RestTransport from(Parameters parameters) {
        return parameters.getNonNull(KEY, RestTransport.class);
    }
}
