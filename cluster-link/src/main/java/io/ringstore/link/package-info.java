/** How nodes find and trust each other: addresses, HTTP clients, the cluster secret. */
@NullMarked
package io.ringstore.link;

import org.jspecify.annotations.NullMarked;
