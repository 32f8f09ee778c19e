/** The cluster as containers, by the very compose file that users start, hurt as machines and networks hurt it. */
@NullMarked
package io.ringstore.container;

import org.jspecify.annotations.NullMarked;
