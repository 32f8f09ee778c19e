@NullMarked
package io.ringstore.client.lab;

import org.jspecify.annotations.NullMarked;
