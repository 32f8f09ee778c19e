@NullMarked
package io.ringstore.client.watch;

import org.jspecify.annotations.NullMarked;
