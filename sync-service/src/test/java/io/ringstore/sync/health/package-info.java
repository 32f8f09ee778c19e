@NullMarked
package io.ringstore.sync.health;

import org.jspecify.annotations.NullMarked;
