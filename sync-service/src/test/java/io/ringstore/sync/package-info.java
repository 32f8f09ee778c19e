@NullMarked
package io.ringstore.sync;

import org.jspecify.annotations.NullMarked;
