/** What a replica promises, claim by claim. */
@NullMarked
package io.ringstore.store.replication;

import org.jspecify.annotations.NullMarked;
