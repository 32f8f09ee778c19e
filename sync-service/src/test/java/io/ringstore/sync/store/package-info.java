@NullMarked
package io.ringstore.sync.store;

import org.jspecify.annotations.NullMarked;
