@NullMarked
package io.ringstore.ledger;

import org.jspecify.annotations.NullMarked;
