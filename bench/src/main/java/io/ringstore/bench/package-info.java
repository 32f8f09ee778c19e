/**
 * Closed-loop load on a gateway, and a bare Spring Boot endpoint to hold the numbers against.
 *
 * <p>Closed loop: each client sends its next write when the last one is answered, so latency and throughput belong to
 * the same number of clients and neither is flattered by a queue that nobody waits in.
 */
@NullMarked
package io.ringstore.bench;

import org.jspecify.annotations.NullMarked;
