package io.ringstore.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A node refuses to start on an impossible cluster, and says why. */
class ClusterPropertiesTests {

    private final ApplicationContextRunner node = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    RestClientAutoConfiguration.class,
                    SslAutoConfiguration.class,
                    LinkConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "ringstore.node=sync-0",
                    "ringstore.secret=0123456789abcdef",
                    "ringstore.sync-nodes=sync-0=http://a:1,sync-1=http://b:1",
                    "ringstore.store-nodes=store-0=http://c:1");

    @Test
    void aSensibleOneIsTakenAsItIsWritten() {
        node.run(context -> {
            ClusterProperties cluster = context.getBean(ClusterProperties.class);
            assertThat(cluster.cluster()).isEqualTo("ringstore");
            assertThat(cluster.syncNodes()).extracting(NodeAddress::id).containsExactly("sync-0", "sync-1");
            assertThat(cluster.storeNodes().getFirst().uri()).hasHost("c").hasPort(1);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ringstore.node=                                            | node
            ringstore.secret=                                          | secret
            ringstore.secret=0123456789abcde                           | at least 16 characters
            ringstore.sync-nodes=                                      | syncNodes
            ringstore.store-nodes=                                     | storeNodes
            ringstore.sync-nodes=a=http://h:1,a=http://h:2             | names a node twice
            ringstore.sync-nodes=a=http://h:1,b=http://h:1             | the same address
            ringstore.store-nodes=a=http://h:1,a=http://h:2            | names a node twice
            ringstore.store-nodes=a=http://h:1,b=http://h:1            | the same address
            ringstore.store-nodes=x=http://a:1                         | the same address
            ringstore.sync-nodes=http://h:1                            | NAME=URL
            ringstore.sync-nodes=a=h                                   | http://host:port
            ringstore.tls.bundle=nodes                                 | all must begin with https
            """)
    void nonsenseIsRefusedWithTheReason(String setting, String reason) {
        node.withPropertyValues(setting)
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(reasons(failure)).contains(reason)));
    }

    @Test
    void theSecretDoesNotGetIntoLogs() {
        node.run(context ->
                assertThat(context.getBean(ClusterProperties.class).toString()).doesNotContain("0123456789abcdef"));
    }

    private static String reasons(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
        }
        return all.toString();
    }
}
