@NullMarked
package io.ringstore.sync.metrics;

import org.jspecify.annotations.NullMarked;
