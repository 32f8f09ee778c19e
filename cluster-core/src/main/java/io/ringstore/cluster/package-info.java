/** The words both protocols share: nodes, their order on the ring, and fences. */
@NullMarked
package io.ringstore.cluster;

import org.jspecify.annotations.NullMarked;
