/** Runs the ring core: one thread, one inbox, its timers and its settings. */
@NullMarked
package io.ringstore.sync.runtime;

import org.jspecify.annotations.NullMarked;
