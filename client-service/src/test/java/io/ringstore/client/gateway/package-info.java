@NullMarked
package io.ringstore.client.gateway;

import org.jspecify.annotations.NullMarked;
