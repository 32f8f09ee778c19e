@NullMarked
package io.ringstore.history;

import org.jspecify.annotations.NullMarked;
