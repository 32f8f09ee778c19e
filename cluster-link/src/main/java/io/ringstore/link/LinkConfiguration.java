package io.ringstore.link;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringstore.link.binary.BinaryConfiguration;
import io.ringstore.link.failpoint.Failpoints;
import io.ringstore.link.shortcut.Shortcuts;
import io.ringstore.link.trace.Traces;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** What each service gets for talking to the others. */
@AutoConfiguration
@Import(BinaryConfiguration.class)
@EnableConfigurationProperties({ClusterProperties.class, TlsProperties.class})
class LinkConfiguration {

    /** Every path between nodes; the public API is under {@code /v1}. */
    private static final String[] GUARDED = {"/ring/*", "/sync/*", "/store/*", "/replication/*"};

    @Bean
    Credentials credentials(ClusterProperties cluster, TlsProperties tls, SslBundles bundles) {
        ClusterSecret secret = new ClusterSecret(cluster.secret());
        String bundle = tls.bundle();
        if (bundle == null) {
            return new Credentials(secret);
        }
        cluster.requireTls();
        return new Credentials(secret, NodeTls.by(bundles, bundle));
    }

    @Bean
    PeerClients peerClients(RestClient.Builder builder, Credentials credentials, Failpoints failpoints, Traces traces) {
        return new PeerClients(builder, credentials, failpoints, traces);
    }

    @Bean
    Shortcuts shortcuts(
            JsonMapper json, @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> problems) {
        return new Shortcuts(json, problems::getObject);
    }

    @Bean
    @ConditionalOnMissingBean
    Failpoints noFailpoints() {
        return Failpoints.NONE;
    }

    @Bean
    @ConditionalOnMissingBean
    Traces noTraces() {
        return Traces.OFF;
    }

    /** Before whatever else looks at a call between nodes, but the lab. */
    @Bean
    FilterRegistrationBean<GuardFilter> guardFilter(Credentials credentials, MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new GuardFilter(credentials, meters));
        registration.addUrlPatterns(GUARDED);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 2);
        return registration;
    }
}
