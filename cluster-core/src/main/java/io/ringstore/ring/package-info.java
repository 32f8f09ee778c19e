/** One node of the token ring: an event in, actions out; pure and deterministic. */
@NullMarked
package io.ringstore.ring;

import org.jspecify.annotations.NullMarked;
