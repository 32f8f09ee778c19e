package io.ringstore.link;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.DefaultUriBuilderFactory;

/** Addresses at one node; those without variables, which are the frequent ones, are built once. */
final class PeerUris extends DefaultUriBuilderFactory {

    private final Map<String, URI> fixed = new ConcurrentHashMap<>();

    PeerUris(String base) {
        super(base);
    }

    @Override
    public URI expand(String template, Map<String, ? extends @Nullable Object> variables) {
        return variables.isEmpty()
                ? fixed.computeIfAbsent(template, path -> super.expand(path, Map.of()))
                : super.expand(template, variables);
    }
}
