/**
 * The lab: named places in every node at which it can be made to fail on purpose, and nodes that are mute or deaf.
 *
 * <p>Nothing of it exists unless {@code ringstore.lab.enabled} is true; see {@link io.ringstore.link.failpoint.Failpoint}.
 */
@NullMarked
package io.ringstore.link.failpoint;

import org.jspecify.annotations.NullMarked;
