/** The protocol's model, checked with SPIN. */
@NullMarked
package io.ringstore.model;

import org.jspecify.annotations.NullMarked;
