package io.ringstore.ledger;

/** Bytes that no ledger wrote; whoever sent them is refused, and nothing changes. */
public final class MalformedLedgerData extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedLedgerData(String what) {
        super(what);
    }

    MalformedLedgerData(String what, Throwable cause) {
        super(what, cause);
    }
}
