/** What this node says to the store. */
@NullMarked
package io.ringstore.sync.store;

import org.jspecify.annotations.NullMarked;
