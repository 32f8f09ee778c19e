package io.ringstore.link;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings under {@code ringstore.tls.*}.
 *
 * @param bundle the SSL bundle that this node shows and trusts when it calls others; without one it shows no certificate
 */
@ConfigurationProperties("ringstore.tls")
record TlsProperties(@Nullable String bundle) {}
