/** Judges what clients saw of a cluster against the log it kept: the checks C0-C12 of the reliability test plan. */
@NullMarked
package io.ringstore.history;

import org.jspecify.annotations.NullMarked;
