@NullMarked
package io.ringstore.cluster;

import org.jspecify.annotations.NullMarked;
