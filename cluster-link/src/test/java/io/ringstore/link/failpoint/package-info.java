/** The lab, without a cluster. */
@org.jspecify.annotations.NullMarked
package io.ringstore.link.failpoint;
