/** What crosses the wire between the services: records and one contract for both ends of each call; no logic. */
@NullMarked
package io.ringstore.api;

import org.jspecify.annotations.NullMarked;
