package io.ringstore.client.access;

import java.util.List;
import java.util.Set;

/**
 * Which role each endpoint asks for. What is not named here asks for the highest one, so that nothing is open by oversight.
 *
 * <p>Paths are compared as they were sent, undecoded. One that is written in another way than here is not named here.
 */
final class Rights {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> READ_AND_WRITTEN = List.of("/v1/kv");
    private static final List<String> READ = List.of("/v1/log", "/v1/watch", "/v1/requests", "/v1/ring", "/v1/cluster");
    private static final List<String> WRITTEN = List.of("/v1/writes", "/v1/txn");

    private Rights() {}

    /** Pages for people, and what the API is: the same for everybody, and nothing of what is stored. */
    static boolean isPublic(String path) {
        return path.equals("/") || path.startsWith("/console/") || path.startsWith("/v3/api-docs");
    }

    /** Of what is not public. */
    static Role needed(String method, String path) {
        boolean read = READS.contains(method);
        if (isUnder(READ_AND_WRITTEN, path)) {
            return read ? Role.READER : Role.WRITER;
        }
        if (read && isUnder(READ, path)) {
            return Role.READER;
        }
        return isUnder(WRITTEN, path) ? Role.WRITER : Role.ADMIN;
    }

    private static boolean isUnder(List<String> areas, String path) {
        for (String area : areas) {
            if (path.startsWith(area) && (path.length() == area.length() || path.charAt(area.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
