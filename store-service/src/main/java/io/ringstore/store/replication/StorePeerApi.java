package io.ringstore.store.replication;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What store nodes ask each other beside Raft's own messages. */
@HttpExchange("/replication")
public interface StorePeerApi {

    /** Who the disk of that node is; asked before a group is formed (P6). */
    @GetExchange("/identity")
    NodeIdentity identity();

    /** How that node's state looks; compared regularly (P9, §8.5). */
    @GetExchange("/digest")
    ReplicaDigest digest();
}
