package io.ringstore.link;

import java.net.URI;

/** A node's name and where it listens; written {@code sync-0=http://host:8100} in settings. */
public record NodeAddress(String id, URI uri) {

    public NodeAddress {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a node address needs a name before '='");
        }
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("node " + id + " needs an address such as http://host:port, not " + uri);
        }
    }

    /** Reads the form that settings have; Spring's binder finds this method by its name. */
    public static NodeAddress valueOf(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("a node address is NAME=URL, not '" + text + "'");
        }
        return new NodeAddress(
                text.substring(0, equals).strip(),
                URI.create(text.substring(equals + 1).strip()));
    }
}
