package io.ringstore.simulation;

import io.ringstore.ledger.EntryResult;
import io.ringstore.ledger.LedgerCommand;
import io.ringstore.ledger.LedgerResult;
import io.ringstore.ring.RingAction;
import io.ringstore.ring.WriteOutcome;
import java.util.stream.Collectors;

/** How commands, results and actions read in a trace. */
final class Lines {

    private Lines() {}

    static String of(LedgerCommand command) {
        return switch (command) {
            case LedgerCommand.Batch batch ->
                "batch %s of %s %s"
                        .formatted(
                                batch.fence(),
                                batch.node(),
                                batch.entries().stream()
                                        .map(entry -> shortened(entry.write().requestId()))
                                        .toList());
            case LedgerCommand.Claim claim ->
                "claim %s by %s, expecting epoch %d and %s"
                        .formatted(
                                claim.claimId(),
                                claim.node(),
                                claim.expectEpoch(),
                                claim.expectHop().isPresent()
                                        ? "hop " + claim.expectHop().getAsLong()
                                        : "any hop");
            case LedgerCommand.Reconfigure change -> "reconfigure to " + change.nodes();
            case LedgerCommand.Compact(long upTo) -> "compact up to " + upTo;
        };
    }

    static String of(LedgerResult result) {
        String fence = " (store at " + result.view().fence() + ")";
        return switch (result) {
            case LedgerResult.BatchApplied(var results, var _, var _, var _) ->
                results.stream().map(Lines::of).collect(Collectors.joining(", ")) + fence;
            case LedgerResult.ClaimWon(long epoch, var _) -> "WON " + epoch + fence;
            case LedgerResult.ClaimLost _ -> "LOST" + fence;
            case LedgerResult.WrongConfig _ -> "WRONG CONFIG" + fence;
            case LedgerResult.Reconfigured _ -> "DONE" + fence;
            case LedgerResult.Compacted(long revision, var _) -> "COMPACTED up to " + revision;
        };
    }

    static String of(EntryResult result) {
        return switch (result) {
            case EntryResult.Committed(long revision, var _, boolean duplicate, var _) ->
                (duplicate ? "DUPLICATE " : "OK ") + revision;
            case EntryResult.Transacted(long revision, var outcome, boolean duplicate, var _) ->
                (duplicate ? "DUPLICATE " : "OK ") + revision + (outcome.succeeded() ? " THEN" : " ELSE");
            case EntryResult.PreconditionFailed _ -> "PRECONDITION FAILED";
            case EntryResult.NoSuchKey _ -> "NO SUCH KEY";
            case EntryResult.Refused(var reason) -> reason.toString();
        };
    }

    static String of(WriteOutcome outcome) {
        return outcome instanceof WriteOutcome.Decided(EntryResult result) ? of(result) : outcome.toString();
    }

    static String of(RingAction action) {
        return switch (action) {
            case RingAction.PassToken(var to, var token) ->
                "-> %s token %s %s".formatted(to, token.fence(), token.slots());
            case RingAction.SendCopy(var to, var token, var sentTo) ->
                "-> %s copy of %s for %s".formatted(to, token.fence(), sentTo);
            case RingAction.SendWake(long check, var to, var wake) ->
                "-> %s wake, %s here, check %d"
                        .formatted(to, wake.oldest().isPresent() ? "somebody waits" : "nobody waits", check);
            case RingAction.AskHealth(long check, var to) -> "-> %s how are you, check %d".formatted(to, check);
            case RingAction.ReadView(long read) -> "-> store how far are you, check or read %d".formatted(read);
            case RingAction.SendBye(var to) -> "-> %s bye".formatted(to);
            case RingAction.SendBatch(var batch, int attempt) ->
                "-> store, attempt %d: %s".formatted(attempt, of(batch));
            case RingAction.SendClaim(var claim, int attempt) ->
                "-> store, attempt %d: %s".formatted(attempt, of(claim));
            case RingAction.Answer _,
                    RingAction.AnswerClient _,
                    RingAction.StartTimer _,
                    RingAction.Tell _,
                    RingAction.Leave _,
                    RingAction.Halt _ -> action.toString();
        };
    }

    /** Request ids end with what tells them apart. */
    static String shortened(String requestId) {
        return requestId.substring(Math.max(0, requestId.length() - 8));
    }
}
