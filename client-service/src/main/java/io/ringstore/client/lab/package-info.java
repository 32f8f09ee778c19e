/**
 * The lab: workloads and failures on purpose on the real cluster, each ended by a verdict of the history checker.
 *
 * <p>Nothing of it exists unless {@code ringstore.lab.enabled} is true.
 */
@NullMarked
package io.ringstore.client.lab;

import org.jspecify.annotations.NullMarked;
