@NullMarked
package io.ringstore.client.read;

import org.jspecify.annotations.NullMarked;
