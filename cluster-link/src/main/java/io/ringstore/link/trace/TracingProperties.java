package io.ringstore.link.trace;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.tracing.*}.
 *
 * @param enabled whether there are traces
 * @param endpoint where they go, in OpenTelemetry's protocol over HTTP
 * @param share of the traces that begin at this node, how many are kept; of a request that brings a trace, its caller decides
 */
@Validated
@ConfigurationProperties("ringstore.tracing")
record TracingProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("http://127.0.0.1:4318/v1/traces") URI endpoint,
        @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double share) {}
