package io.ringstore.ring;

import io.ringstore.cluster.NodeId;
import io.ringstore.cluster.RingConfig;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ring.RingAction.Answer;
import java.util.List;

/** One node of the token ring (ring-protocol.md); the same events at the same times lead to the same actions. */
public final class RingNode {

    private final RingState state;
    private final Suspicions suspicions;
    private final Membership membership;
    private final TokenPath path;
    private final CriticalSections sections;
    private final Claims claims;
    private final Takeover takeover;
    private final Clients clients;

    /**
     * A node that has not started yet.
     *
     * @param configured the ring as the settings have it, used until the store has a list; must contain {@code self}
     * @param incarnation unique to this start of this node
     */
    public RingNode(
            String cluster,
            NodeId self,
            RingConfig configured,
            String incarnation,
            RingTimers timers,
            RingLimits limits) {
        if (configured.isInstalled() || !configured.contains(self)) {
            throw new IllegalArgumentException(self + " is not on the configured ring " + configured.nodes());
        }
        state = new RingState(cluster, self, configured, incarnation, timers, limits);
        suspicions = new Suspicions(state);
        membership = new Membership(state);
        path = new TokenPath(state, suspicions, this::enter, _ -> membership.refresh());
        sections = new CriticalSections(state, path, membership);
        claims = new Claims(state, suspicions, membership);
        takeover = new Takeover(state, claims, membership);
        clients = new Clients(state, path, membership);
    }

    /**
     * Advances the protocol by one event and returns what to do, in order.
     *
     * @param now milliseconds on a clock that never goes back; its zero means nothing
     */
    public List<RingAction> handle(long now, RingEvent event) {
        state.now = now;
        dispatch(event);
        takeover.watch();
        membership.leaveWhenDone(false);
        return state.takeActions();
    }

    private void enter(Token token) {
        sections.enter(token);
    }

    private void dispatch(RingEvent event) {
        switch (event) {
            case RingEvent.Started _ -> membership.start();
            case RingEvent.StopRequested _ -> stop();
            case RingEvent.TokenArrived arrived -> path.onToken(arrived);
            case RingEvent.CopyArrived arrived -> path.onCopy(arrived);
            case RingEvent.WakeArrived(long exchange, Wake wake) -> onWake(exchange, wake);
            case RingEvent.ByeArrived(NodeId from) -> suspicions.suspect(from);
            case RingEvent.ReportAsked(long exchange) -> report(exchange);
            case RingEvent.PassAnswered answered -> path.onPassAnswered(answered);
            case RingEvent.PassFailed(var fence, NodeId peer) -> path.onPassFailed(fence, peer);
            case RingEvent.PeerReported(long check, NodeId peer, NodeReport report) -> {
                takeover.onReport(check, peer, report);
                suspicions.onReport(peer, report);
            }
            case RingEvent.PeerSilent(long check, NodeId peer, var silence) -> takeover.onSilence(check, peer, silence);
            case RingEvent.BatchAnswered(var fence, var result) -> sections.onAnswer(fence, result);
            case RingEvent.BatchFailed(var fence, int attempt, boolean notApplied) ->
                sections.onAttemptFailed(fence, attempt, notApplied);
            case RingEvent.ClaimAnswered(String claimId, var result) -> onClaimAnswered(claimId, result);
            case RingEvent.ClaimFailed(String claimId, int attempt) -> claims.onFailed(claimId, attempt);
            case RingEvent.ViewRead(long read, var view) -> {
                if (!membership.onView(read, view)) {
                    takeover.onView(read, view);
                }
            }
            case RingEvent.ViewReadFailed(long read) -> membership.onReadFailed(read);
            case RingEvent.WritesRequested(var requests) -> clients.onWrites(requests);
            case RingEvent.ClientGone(long ticket) -> clients.onClientGone(ticket);
            case RingEvent.TimerFired(Timer timer) -> onTimer(timer);
        }
    }

    private void onTimer(Timer timer) {
        switch (timer) {
            case Timer.ParkOver(var fence) -> path.onParkOver(fence);
            case Timer.PassOverdue(var fence) -> path.onPassOverdue(fence);
            case Timer.AttemptOverdue(var fence, int attempt) -> sections.onAttemptOverdue(fence, attempt);
            case Timer.AttemptDue(var fence, int attempt) -> sections.onAttemptDue(fence, attempt);
            case Timer.YieldDue(var fence) -> sections.onYieldDue(fence);
            case Timer.CopyOverdue(var fence) -> takeover.onCopyOverdue(fence);
            case Timer.LookOut(long number) -> takeover.onLookOut(number);
            case Timer.CheckOverdue(long check) -> takeover.onCheckOverdue(check);
            case Timer.Recheck(long check) -> takeover.onRecheck(check);
            case Timer.ClaimRetry(String claimId, int attempt) -> claims.onRetry(claimId, attempt);
            case Timer.ReadRetry(long read) -> membership.onReadRetry(read);
            case Timer.SweepDue _ -> clients.onSweepDue();
            case Timer.ProbeDue(NodeId peer) -> suspicions.onProbeDue(peer);
            case Timer.DrainOver _ -> membership.leaveWhenDone(true);
        }
    }

    private void onWake(long exchange, Wake wake) {
        suspicions.clear(wake.from());
        if (wake.config() > state.config.id()) {
            membership.refresh();
        }
        if (wake.config() == state.config.id() && wake.oldest().isPresent()) {
            path.onPeerWaiting(wake.from(), wake.oldest().getAsLong());
        }
        report(exchange);
    }

    private void report(long exchange) {
        state.emit(new Answer(exchange, new PeerReply.Report(state.report())));
    }

    private void onClaimAnswered(String claimId, LedgerResult result) {
        Token token = claims.onAnswered(claimId, result);
        if (token == null) {
            return;
        }
        if (state.phase instanceof Phase.InCriticalSection(CriticalSection section)) {
            section.next = token;
        } else {
            path.arrive(token);
        }
    }

    private void stop() {
        membership.onStop();
        if (state.phase instanceof Phase.Parked(Token token)) {
            path.forward(token);
        }
    }
}
