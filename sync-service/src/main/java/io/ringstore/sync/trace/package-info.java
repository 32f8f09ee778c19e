/** Which traces the writes that wait here belong to. */
@NullMarked
package io.ringstore.sync.trace;

import org.jspecify.annotations.NullMarked;
