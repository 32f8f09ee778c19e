@NullMarked
package io.ringstore.client.access;

import org.jspecify.annotations.NullMarked;
