package io.ringstore.ledger;

/** What a transaction does with one key. */
public sealed interface Step {

    String key();

    record Put(String key, Value value) implements Step {}

    record Delete(String key) implements Step {}

    record Get(String key) implements Step {}

    /** What its key and value have together. */
    default int bytes() {
        int keyBytes = Value.utf8Length(key());
        return this instanceof Put(var _, Value value) ? keyBytes + value.weight() : keyBytes;
    }
}
