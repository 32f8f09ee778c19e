package io.ringstore.client.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code ringstore.access.*}.
 *
 * @param tokens the file with the tokens that are known; without one nobody is asked who he is
 * @param open whether a gateway that asks nobody may listen on other addresses than loopback
 */
@ConfigurationProperties("ringstore.access")
public record AccessProperties(
        @Nullable Path tokens, @DefaultValue("false") boolean open) {}
