@NullMarked
package io.ringstore.client.node;

import org.jspecify.annotations.NullMarked;
