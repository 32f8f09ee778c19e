/** The history of accepted writes on disk: append-only segment files with checksums, never held in the heap (§2.2). */
@NullMarked
package io.ringstore.store.history;

import org.jspecify.annotations.NullMarked;
