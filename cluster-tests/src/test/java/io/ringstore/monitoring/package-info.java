/** The files of {@code monitoring/}, read strictly. */
@NullMarked
package io.ringstore.monitoring;

import org.jspecify.annotations.NullMarked;
