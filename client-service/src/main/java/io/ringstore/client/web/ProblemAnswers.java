package io.ringstore.client.web;

import io.ringstore.link.ClusterProperties;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Completes problem documents, so that each has every member that api.md names, whoever refused. */
@Component
class ProblemAnswers {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final String node;

    ProblemAnswers(ClusterProperties cluster) {
        this.node = cluster.node();
    }

    static boolean isRead(String method) {
        return READS.contains(method);
    }

    /** Of a problem of ours: it says all but who refused, where no sync node did, and whether to try again. */
    ProblemDetail complete(Problem problem) {
        return complete(problem.getBody());
    }

    private ProblemDetail complete(ProblemDetail body) {
        Map<String, Object> said = body.getProperties();
        if (said == null || !said.containsKey("retryable")) {
            body.setProperty("retryable", false);
        }
        if (said == null || !said.containsKey("node")) {
            body.setProperty("node", node);
        }
        return body;
    }

    /** Of a refusal that is not ours: it has no effect, and says so. */
    ProblemDetail refusal(int status, @Nullable String detail, String method, String path) {
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        ProblemDetail body = ProblemDetail.forStatus(status);
        body.setTitle(title);
        body.setType(URI.create("https://ringstore.io/problems/"
                + title.toLowerCase(Locale.ROOT).replace(' ', '-')));
        body.setDetail(detail);
        body.setInstance(instance(path));
        if (!isRead(method)) {
            body.setProperty("outcome", "not-applied");
        }
        return complete(body);
    }

    /** The path as a URI reference, whatever somebody sent. */
    static URI instance(String path) {
        try {
            return URI.create(path.startsWith("//") ? "/." + path : path);
        } catch (IllegalArgumentException noUri) {
            return URI.create("/");
        }
    }
}
