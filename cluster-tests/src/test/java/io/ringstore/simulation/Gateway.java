package io.ringstore.simulation;

import io.ringstore.cluster.NodeId;
import io.ringstore.history.Observation.End;
import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.EntryResult.Committed;
import io.ringstore.ledger.EntryResult.Transacted;
import io.ringstore.ring.WriteOutcome;
import io.ringstore.simulation.Happening.AttemptBegan;
import io.ringstore.simulation.Happening.AttemptRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tries a write at one sync node after another under the same request id until its end is known (rules R9, R10). */
final class Gateway {

    private static final long PAUSE_MILLIS = 20;
    private static final long SHORTEST_ATTEMPT = 500;
    private static final long LONGEST_ATTEMPT = 8_000;

    private final World world;
    private final Cluster cluster;
    private List<NodeId> only = List.of();
    private boolean patient;
    private int first;
    private long tickets;

    Gateway(World world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    /** From now on nothing is given up, and only these nodes are asked. */
    void insistOn(List<NodeId> nodes) {
        only = nodes;
        patient = true;
    }

    void carry(Pending write, Consumer<End> ended) {
        new Delivery(write, ended).tryOn();
    }

    /** One write on its way: which of its attempts are open, and whether one of them may still be applied. */
    private final class Delivery {
        private final Pending write;
        private final Consumer<End> ended;
        private final List<Attempt> open = new ArrayList<>();
        private int node = world.options.clients().sticky() ? first : first++;
        private boolean doubtful;
        private boolean over;

        Delivery(Pending write, Consumer<End> ended) {
            this.write = write;
            this.ended = ended;
        }

        void tryOn() {
            new Attempt(this, nextNode()).begin();
            if (world.mishap(world.options.clients().atTwoNodes())) {
                world.tally.count(Fault.SAME_REQUEST_AT_TWO_NODES);
                new Attempt(this, nextNode()).begin();
            }
        }

        /** Another node than last time, if there is one. */
        private NodeId nextNode() {
            List<NodeId> nodes = only.isEmpty() ? cluster.ring() : only;
            return nodes.get(Math.floorMod(node++, nodes.size()));
        }

        void answered(WriteOutcome outcome) {
            switch (outcome) {
                case WriteOutcome.Decided(Committed(long revision, var _, var _, var _)) ->
                    end(new End.Acknowledged(revision));
                case WriteOutcome.Decided(Transacted(long revision, var did, var _, var _)) -> {
                    world.tally.count(did.succeeded() ? Fault.TRANSACTION_SUCCEEDED : Fault.TRANSACTION_DID_NOT);
                    end(did.wrote() ? new End.Acknowledged(revision) : new End.Refused());
                }
                case WriteOutcome.NotCommitted _ -> {
                    world.happened(new AttemptRefused(write.write().requestId()));
                    again();
                }
                case WriteOutcome.Decided(EntryResult.Refused _) -> {
                    world.tally.count(Fault.REQUEST_TOO_OLD_OR_TOO_NEW);
                    world.happened(new AttemptRefused(write.write().requestId()));
                    giveUp();
                }
                case WriteOutcome.Decided(EntryResult.PreconditionFailed _),
                        WriteOutcome.Decided(EntryResult.NoSuchKey _) ->
                    throw new IllegalStateException("an unconditional put was answered " + outcome);
                case WriteOutcome.Unknown _ -> doubt();
            }
        }

        void doubt() {
            doubtful = true;
            again();
        }

        private void again() {
            if (over || !open.isEmpty()) {
                return;
            }
            first = Math.max(first, node);
            if (!patient && world.agenda.millis() >= write.deadline()) {
                giveUp();
            } else {
                world.agenda.inMillis(PAUSE_MILLIS, () -> {
                    if (!over && open.isEmpty()) {
                        tryOn();
                    }
                });
            }
        }

        /** A refusal speaks for its attempt only (rule R10). */
        private void giveUp() {
            boolean unknown = doubtful || !open.isEmpty();
            if (!over) {
                world.tally.count(unknown ? Fault.WRITE_UNKNOWN : Fault.WRITE_NOT_COMMITTED);
            }
            end(unknown ? new End.Unknown() : new End.Refused());
        }

        private void end(End how) {
            if (!over) {
                over = true;
                ended.accept(how);
            }
        }
    }

    /** One call to one sync node; it ends once, by its answer, a broken connection, or because nobody waits for it. */
    private final class Attempt {
        private final Delivery delivery;
        private final NodeId node;
        private final long ticket = ++tickets;

        Attempt(Delivery delivery, NodeId node) {
            this.delivery = delivery;
            this.node = node;
        }

        void begin() {
            Pending write = delivery.write;
            long patience = Math.max(1, write.deadline() - world.agenda.millis());
            delivery.open.add(this);
            world.happened(new AttemptBegan(write.write().requestId()));
            world.note(() -> "attempt of %s at %s"
                    .formatted(Lines.shortened(write.write().requestId()), node));
            cluster.network()
                    .call(
                            Network.CLIENTS,
                            node,
                            () -> cluster.host(node)
                                    .write(
                                            ticket,
                                            write.write(),
                                            patient ? LONGEST_ATTEMPT : patience,
                                            outcome -> finish(() -> delivery.answered(outcome)),
                                            surely -> finish(() -> failed(surely))));
            world.agenda.inMillis(world.dice.between(SHORTEST_ATTEMPT, LONGEST_ATTEMPT), this::hangUp);
            if (world.mishap(world.options.clients().hangUps())) {
                world.agenda.inMillis(world.dice.between(0, SHORTEST_ATTEMPT), this::hangUp);
            }
        }

        private void finish(Runnable how) {
            if (delivery.open.remove(this)) {
                how.run();
            }
        }

        private void failed(boolean surely) {
            if (surely) {
                world.happened(new AttemptRefused(delivery.write.write().requestId()));
                delivery.again();
            } else {
                delivery.doubt();
            }
        }

        private void hangUp() {
            finish(() -> {
                world.tally.count(Fault.CLIENT_HUNG_UP);
                cluster.network()
                        .call(Network.CLIENTS, node, () -> cluster.host(node).hangUp(ticket));
                delivery.doubt();
            });
        }
    }
}
