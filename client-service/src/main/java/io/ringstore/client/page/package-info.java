/** Pages for people: the console, and what the API is. */
@NullMarked
package io.ringstore.client.page;

import org.jspecify.annotations.NullMarked;
