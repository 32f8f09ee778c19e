/** The other sync nodes: what they say to this one, and what it says to them. */
@NullMarked
package io.ringstore.sync.peer;

import org.jspecify.annotations.NullMarked;
