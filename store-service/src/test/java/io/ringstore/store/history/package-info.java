/** What the history on disk promises. */
@NullMarked
package io.ringstore.store.history;

import org.jspecify.annotations.NullMarked;
