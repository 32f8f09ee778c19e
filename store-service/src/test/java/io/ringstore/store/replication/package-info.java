/** What replication.md promises, rule by rule; and three real replicas in one JVM. */
@NullMarked
package io.ringstore.store.replication;

import org.jspecify.annotations.NullMarked;
