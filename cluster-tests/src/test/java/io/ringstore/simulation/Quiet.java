package io.ringstore.simulation;

/** L4: a ring of which nobody wants anything says little. */
final class Quiet implements Liveness {

    /** Two messages a hop, a hop every X, and what probes of dead peers and timers add to it. */
    static final long EVENTS_PER_SECOND = 50_000 / 60;

    private final Agenda agenda;
    private boolean settled;
    private long since;
    private long happenedBefore;

    Quiet(Agenda agenda) {
        this.agenda = agenda;
    }

    @Override
    public void check(Happening happening) {
        if (settled) {
            long events = agenda.happened() - happenedBefore;
            long millis = agenda.millis() - since;
            require(
                    events <= EVENTS_PER_SECOND * (1 + millis / 1_000.0), // a second's worth may come at once
                    () -> "%d events of an idle ring in %d ms".formatted(events, millis));
        }
    }

    @Override
    public void quiet() {
        settled = true;
        since = agenda.millis();
        happenedBefore = agenda.happened();
    }

    @Override
    public void end() {
        long events = agenda.happened() - happenedBefore;
        long most = EVENTS_PER_SECOND * (agenda.millis() - since) / 1_000;
        require(events <= most, () -> "%d events of an idle ring, more than %d".formatted(events, most));
    }
}
