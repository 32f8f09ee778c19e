/** One node of the ring. */
@NullMarked
package io.ringstore.sync;

import org.jspecify.annotations.NullMarked;
