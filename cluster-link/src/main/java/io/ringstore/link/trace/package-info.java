/** Traces of writes and reads through gateway, sync and store nodes; nothing of it runs unless it is switched on. */
@NullMarked
package io.ringstore.link.trace;

import org.jspecify.annotations.NullMarked;
