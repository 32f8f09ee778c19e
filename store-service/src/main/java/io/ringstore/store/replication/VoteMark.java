package io.ringstore.store.replication;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * For whom this node voted last, noted before the vote leaves it (P5).
 *
 * <p>Raft keeps the same in a file of its own, but without a checksum; a smaller term in there would let the node vote
 * twice in one term.
 */
final class VoteMark {

    private final MarkFile file;
    private Optional<Vote> written = Optional.empty();

    /** @param candidate empty for nobody */
    record Vote(long term, String candidate) {

        /** Whether a node that gave {@code earlier} may be in this state: terms grow, and a vote in one is final. */
        boolean mayFollow(Vote earlier) {
            return term > earlier.term
                    || (term == earlier.term && (earlier.candidate.isEmpty() || candidate.equals(earlier.candidate)));
        }
    }

    VoteMark(Path data) {
        this.file = new MarkFile(data.resolve("vote-mark"));
    }

    Optional<Vote> read() throws IOException {
        return file.read().map(line -> {
            int space = line.indexOf(' ');
            return new Vote(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        });
    }

    synchronized void note(Vote vote) throws IOException {
        if (!written.equals(Optional.of(vote))) {
            file.write(vote.term() + " " + vote.candidate());
            written = Optional.of(vote);
        }
    }
}
