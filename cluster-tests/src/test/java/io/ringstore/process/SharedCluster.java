package io.ringstore.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One cluster for all tests of a run; each test finds every node running, and whatever the ones before wrote. */
public final class SharedCluster implements BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        cluster(context).up();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    private static LocalCluster cluster(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, _ -> new Running(), Running.class)
                .cluster;
    }

    /** Closed by JUnit after the last test. */
    static final class Running implements AutoCloseable {
        final LocalCluster cluster;

        Running() {
            try {
                Path home = Files.createDirectories(
                        Path.of("target", "process-tests").toAbsolutePath());
                cluster = new LocalCluster(Files.createTempDirectory(home, "home"));
            } catch (IOException noHome) {
                throw new UncheckedIOException(noHome);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                cluster.down();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
