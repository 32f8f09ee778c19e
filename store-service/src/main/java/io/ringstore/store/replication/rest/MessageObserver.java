package io.ringstore.store.replication.rest;

import org.apache.ratis.protocol.RaftPeerId;

/** Is told of every message between store nodes, for metrics and the console (W3 and W4). */
public interface MessageObserver {

    /** For tests that look elsewhere. */
    MessageObserver NONE = new MessageObserver() {
        @Override
        public void sent(ReplicationMessage message, RaftPeerId to, long nanos, boolean answered) {}

        @Override
        public void received(ReplicationMessage message, long nanos, int status) {}
    };

    /** A message was sent and answered, or was not answered in time. */
    void sent(ReplicationMessage message, RaftPeerId to, long nanos, boolean answered);

    /** A message came in and was answered with this HTTP status. */
    void received(ReplicationMessage message, long nanos, int status);
}
