package io.ringstore.client.lab;

import io.ringstore.history.Violation;
import io.ringstore.history.Violation.Promise;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run.
 *
 * @param good whether every promise was kept, every write was acknowledged in the end, and all of it could be judged
 * @param sentence the same in words
 * @param kept the promises that held
 * @param broken those that did not, and where
 * @param acknowledged writes
 * @param open writes that nobody was told the end of
 * @param recoveryMillis the longest time in which no write was acknowledged, from the fault on; null without a fault
 */
public record Verdict(
        boolean good,
        String sentence,
        List<Promise> kept,
        List<Broken> broken,
        int acknowledged,
        int open,
        @Nullable Long recoveryMillis,
        Tally.Latency latency,
        Fairness fairness) {

    private static final int SHOWN = 20;

    /** One place at which a promise was broken. */
    public record Broken(Promise promise, String detail) {}

    /** What judging has found out. */
    record Finding(List<Violation> violations, Fairness fairness) {}

    static Verdict of(Finding finding, Tally tally) {
        int all = tally.seen().size();
        int acknowledged = tally.acknowledged();
        Set<Promise> kept = EnumSet.allOf(Promise.class);
        kept.remove(Promise.FRESH_READS); // nothing was read
        finding.violations().forEach(violation -> kept.remove(violation.promise()));
        boolean good = finding.violations().isEmpty() && acknowledged > 0 && acknowledged == all;
        return new Verdict(
                good,
                sentence(finding.violations().size(), acknowledged, all),
                List.copyOf(kept),
                finding.violations().stream()
                        .limit(SHOWN)
                        .map(violation -> new Broken(violation.promise(), violation.detail()))
                        .toList(),
                acknowledged,
                all - acknowledged,
                tally.recoveryMillis(),
                tally.latency(),
                finding.fairness());
    }

    private static String sentence(int violations, int acknowledged, int all) {
        if (violations > 0) {
            return "Promises were broken, at " + violations + (violations == 1 ? " place." : " places.");
        }
        if (acknowledged == 0) {
            return "No write was acknowledged, so there is nothing to judge.";
        }
        return acknowledged == all
                ? "All " + all + " writes are there, once each, in an order that everybody can agree with."
                : "Nothing is lost, doubled or out of order, but of " + (all - acknowledged) + " of " + all
                        + " writes nobody was told the end.";
    }
}
