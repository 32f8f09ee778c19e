/** Whether this replica can be relied on. */
@NullMarked
package io.ringstore.store.health;

import org.jspecify.annotations.NullMarked;
