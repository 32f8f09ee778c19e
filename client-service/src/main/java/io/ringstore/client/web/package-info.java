/** The public HTTP API and its problem documents. */
@NullMarked
package io.ringstore.client.web;

import org.jspecify.annotations.NullMarked;
