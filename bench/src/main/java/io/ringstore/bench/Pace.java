package io.ringstore.bench;

/** When a client's next request is due; its latency counts from then, whenever it is really sent. */
sealed interface Pace {

    /**
     * Says when a client's request is due.
     *
     * @param client which of all the clients asks
     * @param request which of its requests, counted from 0
     * @param now nanoseconds since the load began
     * @return nanoseconds since the load began
     */
    long due(int client, int clients, long request, long now);

    /** Closed loop: as soon as the last one is answered. A server that stalls is asked less meanwhile. */
    record AfterTheLast() implements Pace {
        @Override
        public long due(int client, int clients, long request, long now) {
            return now;
        }
    }

    /** Open loop: at fixed times, shared out among the clients. A server that stalls makes all that were due meanwhile wait. */
    record AtRate(double perSecond) implements Pace {
        @Override
        public long due(int client, int clients, long request, long now) {
            return (long) ((client + request * clients) * 1e9 / perSecond);
        }
    }
}
