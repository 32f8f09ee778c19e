/**
 * Ratis' transport as REST (replication.md P1): every message between store nodes is a {@code POST} whose body is Ratis'
 * own protobuf message.
 */
@NullMarked
package io.ringstore.store.replication.rest;

import org.jspecify.annotations.NullMarked;
