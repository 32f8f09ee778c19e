/**
 * The files of {@code k8s/}, rendered and read as Kubernetes would.
 *
 * <p>Unmarked: everything in Kubernetes' models may be null, and what is missing from a manifest fails its test.
 */
@NullUnmarked
package io.ringstore.kubernetes;

import org.jspecify.annotations.NullUnmarked;
