package io.ringstore.store.web;

import io.ringstore.api.BatchAnswer;
import io.ringstore.api.ClaimAnswer;
import io.ringstore.api.ClaimMessage;
import io.ringstore.api.ReconfigureMessage;
import io.ringstore.api.StoreApi;
import io.ringstore.api.StoreViewMessage;
import io.ringstore.ledger.LedgerCodec;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;

/** The three kinds of command that come in, each decoded only where it is executed. */
final class Requests {

    private Requests() {}

    /** The bytes are those of the ledger's own encoding, and go into the log as they are. */
    record OfBatch(byte[] encoded) implements Primary.Request<BatchAnswer> {

        @Override
        public LedgerCommand command() {
            if (LedgerCodec.decodeCommand(encoded) instanceof LedgerCommand.Batch batch) {
                return batch;
            }
            throw new IllegalArgumentException("not a batch");
        }

        @Override
        public BatchAnswer answer(LedgerResult result) {
            if (result instanceof LedgerResult.BatchApplied applied) {
                return LedgerMessages.toAnswer(applied);
            }
            throw new IllegalStateException("a batch led to " + result);
        }

        @Override
        public BatchAnswer forward(StoreApi primary, String via) {
            return primary.batch(encoded, via);
        }
    }

    record OfClaim(ClaimMessage message) implements Primary.Request<ClaimAnswer> {

        @Override
        public LedgerCommand command() {
            return LedgerMessages.toClaim(message);
        }

        @Override
        public byte[] encoded() {
            return LedgerCodec.encode(command());
        }

        @Override
        public ClaimAnswer answer(LedgerResult result) {
            StoreViewMessage view = LedgerMessages.toView(result.view());
            return switch (result) {
                case LedgerResult.ClaimWon(long epoch, var _) -> new ClaimAnswer(ClaimAnswer.Status.WON, epoch, view);
                case LedgerResult.ClaimLost _ ->
                    new ClaimAnswer(ClaimAnswer.Status.LOST, view.fence().epoch(), view);
                case LedgerResult.WrongConfig _ ->
                    new ClaimAnswer(
                            ClaimAnswer.Status.WRONG_CONFIG, view.fence().epoch(), view);
                case LedgerResult.BatchApplied _, LedgerResult.Reconfigured _, LedgerResult.Compacted _ ->
                    throw new IllegalStateException("a claim led to " + result);
            };
        }

        @Override
        public ClaimAnswer forward(StoreApi primary, String via) {
            return primary.claim(message, via);
        }
    }

    /** Whether the change was made shows in the view: its configuration is the new one, or it is not. */
    record OfReconfigure(ReconfigureMessage message) implements Primary.Request<StoreViewMessage> {

        @Override
        public LedgerCommand command() {
            return LedgerMessages.toReconfigure(message);
        }

        @Override
        public byte[] encoded() {
            return LedgerCodec.encode(command());
        }

        @Override
        public StoreViewMessage answer(LedgerResult result) {
            return LedgerMessages.toView(result.view());
        }

        @Override
        public StoreViewMessage forward(StoreApi primary, String via) {
            return primary.reconfigure(message, via);
        }
    }
}
