/** What the transport and its guarded edge promise (P1, P10). */
@NullMarked
package io.ringstore.store.replication.rest;

import org.jspecify.annotations.NullMarked;
