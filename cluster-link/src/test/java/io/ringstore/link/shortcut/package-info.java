/** Past MVC, and back to it for all that is unusual. */
@NullMarked
package io.ringstore.link.shortcut;

import org.jspecify.annotations.NullMarked;
