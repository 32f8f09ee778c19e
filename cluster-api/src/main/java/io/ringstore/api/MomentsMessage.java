package io.ringstore.api;

import java.util.List;

/**
 * The latest moments of a sync node.
 *
 * @param incarnation changes when the node is started anew, and with it the numbers begin anew
 * @param last number of the latest moment; where to go on
 */
public record MomentsMessage(String incarnation, long last, List<MomentMessage> moments) {}
