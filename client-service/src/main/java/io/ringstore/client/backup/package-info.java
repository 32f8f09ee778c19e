/** Backups of the whole cluster, passed through from a store node. */
@NullMarked
package io.ringstore.client.backup;

import org.jspecify.annotations.NullMarked;
