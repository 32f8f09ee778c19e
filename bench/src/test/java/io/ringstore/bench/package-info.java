/** Closed-loop load on a gateway. */
@NullMarked
package io.ringstore.bench;

import org.jspecify.annotations.NullMarked;
