package io.ringstore.api;

import java.util.List;

/**
 * Several keys that are read as they are now.
 *
 * @param consistency {@code linearizable} or {@code local}
 */
public record KeysQuestion(String consistency, List<String> keys) {}
