package io.ringstore.store.replication;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * A command on its way through the local Raft server, from the edge to {@code apply} and back without encoding twice.
 *
 * <p>It knows whether it ever reached the log, because Ratis answers "not leader" before and after alike, and only
 * before is it certain that nothing happened (P12).
 */
final class Submission implements Message {

    private final NodeId via;
    private final LedgerCommand command;
    private final byte[] encoded;
    private final CompletableFuture<LedgerResult> result = new CompletableFuture<>();
    private final long submittedAt = System.nanoTime();
    private volatile boolean inLog;

    Submission(NodeId via, LedgerCommand command, byte[] encoded) {
        this.via = via;
        this.command = command;
        this.encoded = encoded;
    }

    NodeId via() {
        return via;
    }

    LedgerCommand command() {
        return command;
    }

    byte[] encoded() {
        return encoded;
    }

    void enterLog() {
        inLog = true;
    }

    boolean isInLog() {
        return inLog;
    }

    /** How long ago it was submitted. */
    long nanos() {
        return System.nanoTime() - submittedAt;
    }

    CompletableFuture<LedgerResult> result() {
        return result;
    }

    /** Ratis asks for it to count pending bytes. */
    @Override
    public ByteString getContent() {
        return UnsafeByteOperations.unsafeWrap(encoded);
    }

    @Override
    public int size() {
        return encoded.length;
    }
}
