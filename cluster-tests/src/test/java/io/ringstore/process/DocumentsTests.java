package io.ringstore.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever curl a reader pastes answers as the document says. */
@OnProcesses
class DocumentsTests {

    private final LocalCluster cluster;

    DocumentsTests(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @CsvSource({"README.md, 5", "docs/API.md, 10"})
    void everyCurlAnswersAsTheDocumentShows(String document, int atLeast) throws Exception {
        List<DocumentedCurls.Call> calls = DocumentedCurls.read(document);
        assertThat(calls).hasSizeGreaterThanOrEqualTo(atLeast);
        long began = System.nanoTime();
        try {
            DocumentedCurls pasted = new DocumentedCurls(cluster.gateway(), cluster.lastRevision());
            for (DocumentedCurls.Call call : calls) {
                String answer = pasted.run(call);
                assertThat(call.isAnsweredBy(answer))
                        .as("%s%nis shown to answer%n%s%nbut answered%n%s", call.command(), call.shown(), answer)
                        .isTrue();
            }
        } finally {
            cluster.adopt(began);
        }
    }
}
