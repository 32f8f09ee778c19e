/** The page at {@code /} on which the cluster can be watched. */
@NullMarked
package io.ringstore.client.console;

import org.jspecify.annotations.NullMarked;
