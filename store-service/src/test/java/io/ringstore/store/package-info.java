/** Three store nodes as they are, in one JVM: real web servers, disks, messages and elections. */
@NullMarked
package io.ringstore.store;

import org.jspecify.annotations.NullMarked;
