@NullMarked
package io.ringstore.sync.write;

import org.jspecify.annotations.NullMarked;
