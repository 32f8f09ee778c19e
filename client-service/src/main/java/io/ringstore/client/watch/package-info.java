/**
 * Those who wait for changes: watchers of a prefix, long polls of a key, and listeners of the ring.
 *
 * <p>One feed reads the log for all of them, and only while there are any. A watcher is a place in the log; who waits
 * has no thread, and who is slow has nothing piling up: it falls back to reading the log.
 */
@NullMarked
package io.ringstore.client.watch;

import org.jspecify.annotations.NullMarked;
