/** The compact form of what is sent for every batch; the same contracts speak JSON everywhere else. */
@NullMarked
package io.ringstore.link.binary;

import org.jspecify.annotations.NullMarked;
