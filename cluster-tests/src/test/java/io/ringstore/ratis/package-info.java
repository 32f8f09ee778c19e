/**
 * Ratis' own suites over our REST transport (replication.md, "How it is trusted").
 *
 * <p>The transport, the servlet and the settings that concern time are those of the store service, over real HTTP on
 * loopback; only what Ratis' suites ask of a transport beside that stands here: clients, delays and cuts.
 */
@NullMarked
package io.ringstore.ratis;

import org.jspecify.annotations.NullMarked;
