package io.ringstore.ratis;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Ratis' suites give up on themselves when a premise fails, such as a leader that does not change; here that counts. */
final class AbortedIsFailed implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        if (thrown instanceof TestAbortedException) {
            throw new AssertionError("a premise of the test did not hold", thrown);
        }
        throw thrown;
    }
}
