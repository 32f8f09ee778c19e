package io.ringstore.client.watch;

import java.util.List;

/** What is to be done next for a watcher. */
sealed interface Step {

    /** Send it what it wants of these revisions. */
    record Send(List<Recent> revisions) implements Step {}

    /** Read the log for it, from here on: what comes next is not in the backlog. */
    record Read(long from) implements Step {}

    /** Let it know that all is well, and how far everything was sent. */
    record Beat(byte[] events) implements Step {}

    record End(Ending why) implements Step {}

    /** Nothing, until something happens. */
    record Rest() implements Step {}
}
