@NullMarked
package io.ringstore.sync.runtime;

import org.jspecify.annotations.NullMarked;
