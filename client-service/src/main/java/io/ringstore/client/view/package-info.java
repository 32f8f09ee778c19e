/** The ring and the cluster, for anyone to look at. */
@NullMarked
package io.ringstore.client.view;

import org.jspecify.annotations.NullMarked;
