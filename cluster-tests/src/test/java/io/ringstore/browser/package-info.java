/** The console in a real browser, before a real cluster. */
@NullMarked
package io.ringstore.browser;

import org.jspecify.annotations.NullMarked;
