/** The way into the ring's loop, for everything around it. */
@NullMarked
package io.ringstore.sync.loop;

import org.jspecify.annotations.NullMarked;
