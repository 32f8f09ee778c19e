package io.ringstore.store.replication.rest;

import static io.ringstore.link.failpoint.Failpoint.AFTER_LOCAL_APPEND;
import static io.ringstore.link.failpoint.Failpoint.BACKUP_BEFORE_ACK;
import static io.ringstore.link.failpoint.Failpoint.IDLE;

import io.ringstore.link.failpoint.Failpoint;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.failpoint.LossyCalls;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;

/** The failpoints of a message between store nodes. */
final class MessageFaults {

    private final Failpoints failpoints;
    private final LossyCalls calls;
    private final RestTransport.Flush flush;

    MessageFaults(RestTransport transport) {
        this.failpoints = transport.failpoints();
        this.calls = new LossyCalls(failpoints);
        this.flush = transport.flush();
    }

    /** A message of a node that may be mute or deaf; as in {@link PeerConnections}, no timeout may look like an interrupt. */
    byte[] make(LossyCalls.Call<byte[]> call) throws IOException {
        try {
            return calls.make(call);
        } catch (SocketTimeoutException lost) {
            throw new TimeoutIOException(String.valueOf(lost.getMessage()), lost);
        }
    }

    /** The primary has appended these entries itself, which goes on beside their being sent. */
    void beforeSending(AppendEntriesRequestProto request) throws IOException {
        int entries = request.getEntriesCount();
        if (entries > 0 && failpoints.isArmed(AFTER_LOCAL_APPEND)) {
            flush.appended(request.getEntries(entries - 1).getIndex());
            loseAt(AFTER_LOCAL_APPEND);
        }
    }

    /** A backup has done what it was asked to. */
    void beforeAck(AppendEntriesRequestProto request) throws IOException {
        loseAt(request.getEntriesCount() > 0 ? BACKUP_BEFORE_ACK : IDLE);
    }

    private void loseAt(Failpoint point) throws IOException {
        if (failpoints.drops(point)) {
            throw new RefusedException(503, "lost at failpoint " + point.word());
        }
    }
}
