/** How this node is, as told by its own loop. */
@NullMarked
package io.ringstore.sync.health;

import org.jspecify.annotations.NullMarked;
