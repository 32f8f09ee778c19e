package io.ringstore.sync.runtime;

import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingMoment;
import io.ringstore.sync.metrics.MomentListener;
import io.ringstore.sync.peer.SyncPeers;
import io.ringstore.sync.store.StoreWriter;
import io.ringstore.sync.write.WaitingClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each action to whoever does it. */
final class RingEdges implements RingPorts {

    /** As {@code EX_USAGE}: the node cannot run as it is set up, and starting it again would not help. */
    private static final int IMPOSSIBLE = 64;

    private static final Logger log = LoggerFactory.getLogger(RingEdges.class);

    private final SyncPeers peers;
    private final StoreWriter store;
    private final WaitingClients clients;
    private final List<MomentListener> watchers;
    private final CountDownLatch left = new CountDownLatch(1);

    RingEdges(SyncPeers peers, StoreWriter store, WaitingClients clients, List<MomentListener> watchers) {
        this.peers = peers;
        this.store = store;
        this.clients = clients;
        this.watchers = watchers;
    }

    @Override
    public void passToken(RingAction.PassToken action) {
        peers.passToken(action.to(), action.token());
    }

    @Override
    public void sendCopy(RingAction.SendCopy action) {
        peers.sendCopy(action.to(), action.token(), action.sentTo());
    }

    @Override
    public void sendWake(RingAction.SendWake action) {
        peers.sendWake(action.check(), action.to(), action.wake());
    }

    @Override
    public void askHealth(RingAction.AskHealth action) {
        peers.askHealth(action.check(), action.peer());
    }

    @Override
    public void sendBye(RingAction.SendBye action) {
        peers.sendBye(action.to());
    }

    @Override
    public void sendBatch(RingAction.SendBatch action) {
        store.sendBatch(action.batch(), action.attempt());
    }

    @Override
    public void sendClaim(RingAction.SendClaim action) {
        store.sendClaim(action.claim(), action.attempt());
    }

    @Override
    public void readView(RingAction.ReadView action) {
        store.readView(action.read());
    }

    @Override
    public void answerClient(RingAction.AnswerClient action) {
        clients.answer(action.ticket(), action.outcome(), store.microsSinceBatch());
    }

    @Override
    public void tell(RingMoment moment) {
        watchers.forEach(watcher -> watcher.told(moment));
    }

    @Override
    public void leave() {
        left.countDown();
    }

    @Override
    public void halt(String reason) {
        log.error("node stops reason={}", reason);
        Runtime.getRuntime().halt(IMPOSSIBLE); // nothing is on disk, and shutting down in order needs the loop
    }

    /** Returns whether the node has left the ring in time. */
    boolean awaitLeft(Duration patience) throws InterruptedException {
        return left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
