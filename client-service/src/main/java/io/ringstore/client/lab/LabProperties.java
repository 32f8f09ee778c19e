package io.ringstore.client.lab;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code ringstore.lab}.
 *
 * @param startCommand program and arguments that start a node again, whose name is added; empty if something else does
 * @param patience how long anything may take that a scenario waits for, such as a node's start
 */
@Validated
@ConfigurationProperties("ringstore.lab")
record LabProperties(
        @DefaultValue List<String> startCommand,
        @DefaultValue("90s") Duration patience) {

    LabProperties {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("ringstore.lab.patience must be positive");
        }
    }
}
