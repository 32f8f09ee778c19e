/** How nodes reach each other. */
@NullMarked
package io.ringstore.link;

import org.jspecify.annotations.NullMarked;
