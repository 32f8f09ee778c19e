/** The client ends of the other services. */
@NullMarked
package io.ringstore.client.node;

import org.jspecify.annotations.NullMarked;
