@NullMarked
package io.ringstore.ring;

import org.jspecify.annotations.NullMarked;
