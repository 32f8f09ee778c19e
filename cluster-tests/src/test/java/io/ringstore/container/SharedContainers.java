package io.ringstore.container;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One set of containers for all tests of a run; each test finds all of them healthy, and whatever the ones before wrote. */
final class SharedContainers implements BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedContainers.class);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Running running = running(context);
        running.build();
        running.cluster.awaitNobodyUnhealthy();
        running.cluster.up();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ComposeCluster.class || type == Trial.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = running(context);
        return parameter.getParameter().getType() == Trial.class ? running.trial : running.cluster;
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Running.class, _ -> new Running(), Running.class);
    }

    /** Closed by JUnit after the last test. */
    static final class Running implements AutoCloseable {
        final ComposeCluster cluster = new ComposeCluster();
        final Trial trial = new Trial(cluster);
        private boolean built;

        void build() throws Exception {
            if (!built) {
                cluster.build();
                built = true;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                cluster.remove();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
