/** What operators see of a replica, in Micrometer; every tag has few values. */
@NullMarked
package io.ringstore.store.metrics;

import org.jspecify.annotations.NullMarked;
