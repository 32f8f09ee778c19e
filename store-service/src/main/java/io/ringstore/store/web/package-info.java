/** The store's edge for sync nodes and gateways; a backup forwards what only the primary may decide. */
@NullMarked
package io.ringstore.store.web;

import org.jspecify.annotations.NullMarked;
