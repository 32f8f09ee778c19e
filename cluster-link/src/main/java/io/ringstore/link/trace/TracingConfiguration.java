package io.ringstore.link.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.ringstore.link.ClusterProperties;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * What a node gets when traces are on. Spring Boot's own tracing hangs on observations, which cost a tenth of every call and
 * see neither the shortcuts past MVC nor the calls past {@code RestClient}; so it is the SDK itself.
 */
@AutoConfiguration(beforeName = "io.ringstore.link.LinkConfiguration")
@ConditionalOnProperty(name = "ringstore.tracing.enabled", havingValue = "true")
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {

    /** A collector that does not answer must not hold up a node that leaves. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** As many as there are requests in a batch. */
    private static final int MOST_LINKS = 1_024;

    @Bean
    SdkTracerProvider tracerProvider(
            TracingProperties settings,
            ClusterProperties cluster,
            @Value("${spring.application.name}") String service) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setConnectTimeout(PATIENCE)
                .setTimeout(PATIENCE)
                .build();
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put(AttributeKey.stringKey("service.name"), service)
                        .put(AttributeKey.stringKey("service.namespace"), cluster.cluster())
                        .put(AttributeKey.stringKey("service.instance.id"), cluster.node())
                        .build())
                .setSampler(Sampler.parentBased(new SampledByLinks(settings.share())))
                .setSpanLimits(
                        SpanLimits.builder().setMaxNumberOfLinks(MOST_LINKS).build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .setExporterTimeout(PATIENCE)
                        .build())
                .build();
    }

    @Bean
    OpenTelemetryTraces traces(SdkTracerProvider provider) {
        return new OpenTelemetryTraces(provider.get("io.ringstore"));
    }

    /** After the guard: who does not belong to the cluster writes into no trace. */
    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(OpenTelemetryTraces traces) {
        var registration = new FilterRegistrationBean<>(new TraceFilter(traces));
        registration.addUrlPatterns(TraceFilter.PATHS);
        // After the guard, and before a filter that answers by itself.
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return registration;
    }
}
