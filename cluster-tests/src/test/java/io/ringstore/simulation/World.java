package io.ringstore.simulation;

import java.util.function.Supplier;

/** What all parts of one run share: time, chance, and the books that are kept. */
final class World {

    final Agenda agenda = new Agenda();
    final Tally tally = new Tally();
    final Claims claims = new Claims();
    final Dice dice;
    final Options options;
    final Trace trace;

    /** Whether nothing goes wrong any more but what went wrong before. */
    boolean calm;

    World(Options options, Dice dice, Trace trace) {
        this.options = options;
        this.dice = dice;
        this.trace = trace;
    }

    /** Whether something goes wrong that this share of cases meets. */
    boolean mishap(double share) {
        return !calm && dice.chance(share);
    }

    void happened(Happening happening) {
        claims.check(happening);
    }

    void note(Supplier<String> line) {
        trace.line(agenda.now(), line);
    }
}
