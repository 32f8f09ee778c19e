/** Between the core's words and the wire's. */
@NullMarked
package io.ringstore.sync.wire;

import org.jspecify.annotations.NullMarked;
