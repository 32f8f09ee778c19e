/**
 * One replica of the store: the ledger as a Raft state machine, its snapshots, and the life cycle of Raft in this
 * process. Here, where Ratis speaks, the primary is called leader and a backup follower.
 */
@NullMarked
package io.ringstore.store.replication;

import org.jspecify.annotations.NullMarked;
