/** The way of a write: batched towards a sync node, retried under its id, answered with its outcome. */
@NullMarked
package io.ringstore.client.gateway;

import org.jspecify.annotations.NullMarked;
