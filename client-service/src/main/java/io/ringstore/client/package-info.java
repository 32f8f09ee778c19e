/** The gateway. */
@NullMarked
package io.ringstore.client;

import org.jspecify.annotations.NullMarked;
