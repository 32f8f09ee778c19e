@NullMarked
package io.ringstore.sync.peer;

import org.jspecify.annotations.NullMarked;
