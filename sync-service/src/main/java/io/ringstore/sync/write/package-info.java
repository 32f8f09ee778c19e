/** Requests from gateways, and their answers. */
@NullMarked
package io.ringstore.sync.write;

import org.jspecify.annotations.NullMarked;
