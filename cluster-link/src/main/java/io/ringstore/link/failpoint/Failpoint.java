package io.ringstore.link.failpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A place in a node's code at which the lab can make it fail; docs/FAILURES.md tells what happens at each. */
public enum Failpoint {

    /** A gateway has its answer (case 1.1: nothing of that request is left at this node). */
    AFTER_CLIENT_REPLY("after-client-reply", Where.SYNC, false),
    /** The node has written into its slot that it has a request (case 1.2). */
    AFTER_STAMP("after-stamp", Where.SYNC, false),
    /** The token is about to leave. */
    BEFORE_PASS("before-pass", Where.SYNC, true),
    /** The successor has the token, the second successor has no copy of it yet. */
    BETWEEN_TOKEN_AND_COPY("between-token-and-copy", Where.SYNC, true),
    /** In the critical section, the batch is about to leave (case 1.3). */
    CS_BEFORE_STORE("cs.before-store", Where.SYNC, true),
    /** In the critical section, the store's answer is here and nobody knows of it. */
    CS_AFTER_STORE("cs.after-store", Where.SYNC, true),
    /** The batch is decided, and a client is about to be told. */
    BEFORE_CLIENT_REPLY("before-client-reply", Where.SYNC, true),

    /** A backup has heard from its primary and has nothing to write (case 2.1). */
    IDLE("idle", Where.STORE, true),
    /** A batch is about to be forwarded to the primary (case 2.2). */
    BEFORE_FORWARD("before-forward", Where.STORE, true),
    /** A backup has the entries on its disk and is about to say so. */
    BACKUP_BEFORE_ACK("backup.before-ack", Where.STORE, true),
    /** The primary is about to append (case 2.3). */
    BEFORE_APPEND("before-append", Where.STORE, true),
    /** The primary has the entry on its own disk, and is about to send it to a backup. */
    AFTER_LOCAL_APPEND("after-local-append", Where.STORE, true),
    /** A majority has the entry on disk, it is applied, and the answer is about to leave. */
    AFTER_MAJORITY_BEFORE_REPLY("after-majority-before-reply", Where.STORE, true),

    /** The node sends: a call of its own, or the answer to a call of another. */
    MUTE("mute", Where.EVERYWHERE, true),
    /** The node receives: a call of another, or the answer to a call of its own. */
    DEAF("deaf", Where.EVERYWHERE, true),
    /** The whole process, as if by {@code SIGSTOP}; acts when it is armed. */
    PAUSE("pause", Where.EVERYWHERE, false),
    /** Wherever the process is; acts when it is armed, and only ends the process. */
    NOW("now", Where.EVERYWHERE, false);

    /** Which services have the place. */
    public enum Where {
        SYNC,
        STORE,
        EVERYWHERE
    }

    private final String word;
    private final Where where;
    private final boolean droppable;

    Failpoint(String word, Where where, boolean droppable) {
        this.word = word;
        this.where = where;
        this.droppable = droppable;
    }

    /** Its name outside of the code. */
    public String word() {
        return word;
    }

    /** Whether something is under way there that can be lost. */
    boolean isDroppable() {
        return droppable;
    }

    boolean isIn(Where service) {
        return where == Where.EVERYWHERE || where == service;
    }

    static Optional<Failpoint> named(String word, Where service) {
        return in(service).stream().filter(point -> point.word.equals(word)).findFirst();
    }

    /** Those that a service has, in the order of a request's way through the cluster. */
    static List<Failpoint> in(Where service) {
        return Arrays.stream(values()).filter(point -> point.isIn(service)).toList();
    }
}
