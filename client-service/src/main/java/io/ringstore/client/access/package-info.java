/** Who may do what at this gateway: tokens, the principals they name, and what each endpoint asks for. */
@NullMarked
package io.ringstore.client.access;

import org.jspecify.annotations.NullMarked;
