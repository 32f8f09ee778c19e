/** The cluster as real processes on this machine, started and hurt through the launcher as a user would. */
@NullMarked
package io.ringstore.process;

import org.jspecify.annotations.NullMarked;
