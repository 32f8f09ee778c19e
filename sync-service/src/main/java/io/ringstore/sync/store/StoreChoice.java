package io.ringstore.sync.store;

/** To which store node a batch goes on its first attempt. */
public enum StoreChoice {
    /** Any, each as likely as the others (ring-protocol.md §5.2): a backup forwards the batch to the primary. */
    RANDOM,

    /** The one that was primary when the latest batch was written, if its last call did not fail: a hint that saves the forwarding. */
    PRIMARY
}
