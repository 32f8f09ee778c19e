/** One replica of the store. */
@NullMarked
package io.ringstore.store;

import org.jspecify.annotations.NullMarked;
