package io.ringstore.client.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a read may be asked to promise. */
final class Consistency {

    static final String LINEARIZABLE = "linearizable";
    static final String LOCAL = "local";
    static final String SESSION = "session";
    private static final Set<String> KNOWN = Set.of(LINEARIZABLE, LOCAL, SESSION);

    private Consistency() {}

    static void require(String consistency, @Nullable Long minRevision) {
        if (!KNOWN.contains(consistency)) {
            throw Problems.badRequest("consistency is linearizable, local or session, not " + consistency + ".");
        }
        if (consistency.equals(SESSION) && minRevision == null) {
            throw Problems.badRequest("consistency=session needs minRevision.");
        }
    }
}
