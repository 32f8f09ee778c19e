package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerCommand.Batch;
import io.ringstore.ledger.LedgerCommand.Claim;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ledger.LedgerResult.BatchApplied;
import io.ringstore.ring.PeerReply;
import io.ringstore.ring.PeerReply.TokenReply;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.RingEvent;
import io.ringstore.ring.RingEvent.Silence;
import io.ringstore.simulation.Happening.ClaimSent;
import io.ringstore.simulation.Happening.Sent;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/** The calls of one process to its peers and to the store; each ends once, by an answer, a refusal or its timeout. */
final class Calls {

    private static final long SHORTEST_TIMEOUT = 150;
    private static final long LONGEST_TIMEOUT = 3_000;

    private final Life life;
    private final NodeId self;
    private final World world;
    private final Cluster cluster;

    Calls(Life life, NodeId self, World world, Cluster cluster) {
        this.life = life;
        this.self = self;
        this.world = world;
        this.cluster = cluster;
    }

    void make(RingAction action) {
        switch (action) {
            case RingAction.PassToken(NodeId to, var token) ->
                ask(
                        to,
                        exchange -> new RingEvent.TokenArrived(exchange, self, token),
                        reply -> new RingEvent.PassAnswered(token.fence(), to, (TokenReply) reply),
                        _ -> new RingEvent.PassFailed(token.fence(), to));
            case RingAction.SendCopy(NodeId to, var token, NodeId sentTo) -> {
                if (!tell(to, new RingEvent.CopyArrived(0, self, token, sentTo))) {
                    world.tally.count(Fault.COPY_LOST);
                }
            }
            case RingAction.SendWake(long check, NodeId to, var wake) ->
                askState(check, to, exchange -> new RingEvent.WakeArrived(exchange, wake));
            case RingAction.AskHealth(long check, NodeId to) -> askState(check, to, RingEvent.ReportAsked::new);
            case RingAction.SendBye(NodeId to) -> {
                var _ = tell(to, new RingEvent.ByeArrived(self));
            }
            case RingAction.SendBatch(Batch batch, int attempt) -> {
                world.happened(new Sent(batch));
                command(
                        batch,
                        result -> new RingEvent.BatchAnswered(batch.fence(), (BatchApplied) result),
                        surely -> new RingEvent.BatchFailed(batch.fence(), attempt, surely));
            }
            case RingAction.SendClaim(Claim claim, int attempt) -> {
                world.happened(new ClaimSent(self, life.name, claim.claimId()));
                if (attempt > 0) {
                    world.tally.count(Fault.CLAIM_REPEATED);
                }
                command(
                        claim,
                        result -> new RingEvent.ClaimAnswered(claim.claimId(), result),
                        _ -> new RingEvent.ClaimFailed(claim.claimId(), attempt));
            }
            case RingAction.ReadView(long read) -> readView(read);
            case RingAction.Answer _,
                    RingAction.AnswerClient _,
                    RingAction.StartTimer _,
                    RingAction.Tell _,
                    RingAction.Leave _,
                    RingAction.Halt _ -> throw new IllegalArgumentException("no call: " + action);
        }
    }

    /** Ends once; whatever comes later is not heard. */
    private final class Call {
        private boolean ended;

        void end(RingEvent event) {
            if (!ended) {
                ended = true;
                life.deliver(event);
            }
        }

        void endAfterTimeout(RingEvent event) {
            world.agenda.inMillis(world.dice.between(SHORTEST_TIMEOUT, LONGEST_TIMEOUT), () -> end(event));
        }
    }

    private void ask(
            NodeId to,
            LongFunction<RingEvent> question,
            Function<PeerReply, RingEvent> answered,
            Function<Silence, RingEvent> failed) {
        Call call = new Call();
        call.endAfterTimeout(failed.apply(Silence.NO_ANSWER));
        Caller caller = new Caller() {
            @Override
            public void answered(PeerReply reply) {
                call.end(answered.apply(reply));
            }

            @Override
            public void failed(Silence silence) {
                call.end(failed.apply(silence));
            }
        };
        cluster.network().request(self, to, () -> cluster.host(to).asked(self, question, caller));
    }

    private void askState(long check, NodeId to, LongFunction<RingEvent> question) {
        ask(
                to,
                question,
                reply -> new RingEvent.PeerReported(check, to, ((PeerReply.Report) reply).report()),
                silence -> new RingEvent.PeerSilent(check, to, silence));
    }

    private boolean tell(NodeId to, RingEvent event) {
        return cluster.network().request(self, to, () -> cluster.host(to).told(event));
    }

    private void command(
            LedgerCommand command, Function<LedgerResult, RingEvent> answered, Function<Boolean, RingEvent> failed) {
        Call call = new Call();
        call.endAfterTimeout(failed.apply(false));
        Consumer<RingEvent> back = event -> cluster.network().answer(Network.STORE, self, () -> call.end(event));
        cluster.network()
                .call(
                        self,
                        Network.STORE,
                        () -> cluster.store()
                                .arrived(
                                        command,
                                        result -> back.accept(answered.apply(result)),
                                        () -> back.accept(failed.apply(true))));
    }

    private void readView(long read) {
        Call call = new Call();
        RingEvent failed = new RingEvent.ViewReadFailed(read);
        call.endAfterTimeout(failed);
        Consumer<RingEvent> back = event -> cluster.network().answer(Network.STORE, self, () -> call.end(event));
        cluster.network()
                .call(
                        self,
                        Network.STORE,
                        () -> cluster.store()
                                .read(
                                        view -> back.accept(new RingEvent.ViewRead(read, view)),
                                        () -> back.accept(failed)));
    }
}
