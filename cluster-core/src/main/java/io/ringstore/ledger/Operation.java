package io.ringstore.ledger;

/** What a write asks for. */
public sealed interface Operation permits Operation.Change, Txn {

    /** What becomes of one key; every record of the log is one. */
    sealed interface Change extends Operation {

        String key();

        Precondition precondition();
    }

    record Put(String key, Value value, Precondition precondition) implements Change {}

    record Delete(String key, Precondition precondition) implements Change {}
}
