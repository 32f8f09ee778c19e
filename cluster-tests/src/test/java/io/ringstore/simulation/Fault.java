package io.ringstore.simulation;

/** What can go wrong in a run, and what must go wrong often enough in all runs together, or they show nothing. */
enum Fault {
    REQUEST_LOST,
    ANSWER_LOST,
    REQUEST_DUPLICATED,
    OVERTAKEN,
    LINK_CUT,
    STORE_CUT_OFF,
    CRASH,
    CRASH_WITHIN_A_STEP,
    CRASH_IN_THE_CRITICAL_SECTION,
    ORDERLY_STOP,
    PAUSE,
    NO_LEADER,
    COMMAND_VANISHED,
    COMMAND_LATE,
    COMMAND_REPLAYED,
    STORE_CLOCK_JUMPED,
    REPLICA_RESTORED,
    RECONFIGURED,
    SAME_REQUEST_AT_TWO_NODES,
    CLIENT_HUNG_UP,
    /** Not done to the cluster but by it: the ways out that the protocol has. */
    EPOCH_OPENED,
    CLAIM_LOST,
    BATCH_FENCED,
    STALE_TOKEN_REFUSED,
    NODE_SKIPPED,
    NODE_BLOCKED,
    WRITE_NOT_COMMITTED,
    WRITE_UNKNOWN,
    WRITE_DUPLICATE,
    TRANSACTION_SUCCEEDED,
    TRANSACTION_DID_NOT
}
