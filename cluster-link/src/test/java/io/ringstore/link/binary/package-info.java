/** What the compact form keeps, and what it refuses. */
@NullMarked
package io.ringstore.link.binary;

import org.jspecify.annotations.NullMarked;
