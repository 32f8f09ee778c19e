package io.ringstore.client.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of a stack trace. */
final class OpenGatewayAnalyzer extends AbstractFailureAnalyzer<OpenGatewayException> {

    private static final String ACTION = """
            Do one of these:
              * make tokens by ./ringstore token, and name the file that has them in ringstore.access.tokens
              * listen on this machine only: server.address=127.0.0.1
              * if something else decides who reaches it, say so: ringstore.access.open=true""";

    @Override
    protected FailureAnalysis analyze(Throwable failure, OpenGatewayException cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
