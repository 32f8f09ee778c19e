package io.ringstore.api;

/**
 * A copy of a token for the backup (§4.2).
 *
 * @param to the node the token itself was sent to
 */
public record CopyMessage(TokenMessage token, String to) {}
