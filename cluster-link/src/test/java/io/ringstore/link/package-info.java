@NullMarked
package io.ringstore.link;

import org.jspecify.annotations.NullMarked;
