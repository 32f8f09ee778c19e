/** What people who watch the ring see: meters, moments, log lines. */
@NullMarked
package io.ringstore.sync.metrics;

import org.jspecify.annotations.NullMarked;
