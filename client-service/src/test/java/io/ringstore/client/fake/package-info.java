/** A cluster of nodes that do as a test tells them. */
@NullMarked
package io.ringstore.client.fake;

import org.jspecify.annotations.NullMarked;
