/** The way of a read: straight to a store node. */
@NullMarked
package io.ringstore.client.read;

import org.jspecify.annotations.NullMarked;
