/** A way past MVC for the few calls that every hop and every write makes. */
@NullMarked
package io.ringstore.link.shortcut;

import org.jspecify.annotations.NullMarked;
