package io.ringstore.ledger;

/** What a write does to the key view. */
public sealed interface Operation {

    String key();

    Precondition precondition();

    record Put(String key, Value value, Precondition precondition) implements Operation {}

    record Delete(String key, Precondition precondition) implements Operation {}
}
