package io.ringstore.simulation;

/**
 * What one run is like: how large its cluster is and which faults it meets, at which rates.
 *
 * @param millis how long faults go on
 */
record Options(int nodes, long millis, Network network, Nodes nodeFaults, Store store, Clients clients) {

    /** Swarm testing: each run meets only some of the faults, each of them at a rate of its own. */
    static Options drawnBy(Dice dice) {
        return new Options(
                (int) dice.between(1, 7),
                dice.between(3_000, 15_000),
                Network.drawnBy(dice),
                Nodes.drawnBy(dice),
                Store.drawnBy(dice),
                Clients.drawnBy(dice));
    }

    /** A cluster of this size to which nothing happens but what a scenario does to it. */
    static Options calm(int nodes, int clients) {
        return new Options(
                nodes,
                5_000,
                new Network(500, 500, 0, 0, 0, 0, 0),
                new Nodes(0, 0, 0, 0, 1, 0, 1, 0),
                new Store(3_000, 0, 1, 0, 0, 0, 0, 0, 1, 0),
                new Clients(clients, 10, 200, 5_000, 0, 0, false));
    }

    /** As {@link #calm}, with ten clients that do not pause and write to one node, which therefore keeps the token. */
    static Options calmAtOneNode(int nodes) {
        Options calm = calm(nodes, 10);
        return new Options(
                nodes,
                calm.millis(),
                calm.network(),
                calm.nodeFaults(),
                calm.store(),
                new Clients(calm.clients().number(), 100_000, 0, 5_000, 0, 0, true));
    }

    /**
     * The wires between sync nodes, clients and the store.
     *
     * @param leastMicros of a message's delay
     * @param meanMicros of what is added to it
     * @param loss share of requests that get lost
     * @param lostAnswers share of answers that get lost
     * @param duplicates share of requests that arrive twice
     * @param cutsPerSecond how often a link, or a node's links to everybody, or to the store only, are cut
     * @param cutMillis how long on average
     */
    record Network(
            long leastMicros,
            long meanMicros,
            double loss,
            double lostAnswers,
            double duplicates,
            double cutsPerSecond,
            long cutMillis) {

        static Network drawnBy(Dice dice) {
            return new Network(
                    dice.chance(0.3) ? dice.between(0, 30_000) : dice.between(0, 1_000),
                    dice.ofAnyScale(100, 100_000),
                    dice.orOff(0.001, 0.3),
                    dice.orOff(0.001, 0.3),
                    dice.orOff(0.001, 0.5),
                    dice.orOff(0.05, 2),
                    dice.ofAnyScale(50, 10_000));
        }
    }

    /**
     * What happens to the processes of sync nodes.
     *
     * @param crashesPerSecond of any node, as often as not of the one in its critical section
     * @param crashesPerStep share of steps that a node does not survive, dying after some of its actions
     * @param silentDeaths share of deaths of which the network tells nothing, because the host is gone too
     * @param downMillis how long a node is down on average
     * @param pausesPerSecond of any node
     * @param pauseMillis the longest of them
     * @param drift how much faster or slower than real time a node's timers may be
     */
    record Nodes(
            double crashesPerSecond,
            double crashesPerStep,
            double silentDeaths,
            double stopsPerSecond,
            long downMillis,
            double pausesPerSecond,
            long pauseMillis,
            double drift) {

        static Nodes drawnBy(Dice dice) {
            return new Nodes(
                    dice.orOff(0.02, 1),
                    dice.orOff(0.0001, 0.01),
                    dice.between(0.0, 1.0),
                    dice.orOff(0.02, 0.5),
                    dice.ofAnyScale(10, 8_000),
                    dice.orOff(0.02, 1),
                    dice.ofAnyScale(20, 20_000),
                    dice.orOff(0.001, 0.2));
        }
    }

    /**
     * The store: always linearizable, otherwise as bad as it likes.
     *
     * @param meanMicros how long the replicated log takes for one command
     * @param electionsPerSecond how often it has no leader for a while
     * @param electionMillis for how long on average
     * @param vanished share of commands that no leader ever sees, without anybody being told
     * @param late share of commands that are applied only seconds later
     * @param replayed share of commands that arrive once more, seconds later
     * @param jumpsPerSecond how often the leader's clock jumps forward
     * @param jumpMillis the longest jump
     * @param snapshotEvery commands after which a replica is restarted from its snapshot on average; 0: never
     * @param reconfigurationsPerSecond how often sync nodes are added, removed or reordered
     */
    record Store(
            long meanMicros,
            double electionsPerSecond,
            long electionMillis,
            double vanished,
            double late,
            double replayed,
            double jumpsPerSecond,
            long jumpMillis,
            int snapshotEvery,
            double reconfigurationsPerSecond) {

        /** The same, with a log that takes so long on average. */
        Store taking(long micros) {
            return new Store(
                    micros,
                    electionsPerSecond,
                    electionMillis,
                    vanished,
                    late,
                    replayed,
                    jumpsPerSecond,
                    jumpMillis,
                    snapshotEvery,
                    reconfigurationsPerSecond);
        }

        static Store drawnBy(Dice dice) {
            boolean bad = dice.chance(0.5);
            return new Store(
                    dice.ofAnyScale(200, 50_000),
                    bad ? dice.orOff(0.02, 1) : 0,
                    dice.ofAnyScale(100, 4_000),
                    bad ? dice.orOff(0.001, 0.2) : 0,
                    bad ? dice.orOff(0.001, 0.2) : 0,
                    bad ? dice.orOff(0.001, 0.3) : 0,
                    dice.orOff(0.02, 0.5),
                    dice.ofAnyScale(100, 1_200_000),
                    (int) dice.orOff(1, 50.0),
                    dice.chance(0.1) ? dice.ofAnyScale(0.05, 0.5) : 0);
        }
    }

    /**
     * Clients that write one value after another, each until its end is known.
     *
     * @param number of clients
     * @param writes of each
     * @param thinkMillis mean pause between two of them
     * @param patienceMillis how long a client tries
     * @param atTwoNodes share of attempts made at two nodes at once, under the same request id
     * @param hangUps share of attempts that the client breaks off
     * @param sticky whether all of them go to one node, as through one gateway, until it fails them
     */
    record Clients(
            int number,
            int writes,
            long thinkMillis,
            long patienceMillis,
            double atTwoNodes,
            double hangUps,
            boolean sticky) {

        static Clients drawnBy(Dice dice) {
            boolean bad = dice.chance(0.5);
            return new Clients(
                    (int) dice.between(1, 24),
                    (int) dice.between(2, 20),
                    dice.ofAnyScale(1, 1_000),
                    dice.between(1_000, 10_000),
                    bad ? dice.orOff(0.01, 0.5) : 0,
                    bad ? dice.orOff(0.01, 0.3) : 0,
                    dice.chance(0.5));
        }
    }
}
