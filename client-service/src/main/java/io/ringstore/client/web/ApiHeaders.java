package io.ringstore.client.web;

import io.ringstore.client.gateway.GatewayProperties;
import io.ringstore.client.gateway.RequestIdMaker;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Reads the headers that api.md gives a meaning; anything that makes no sense is a 400 that says why. */
@Component
class ApiHeaders {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String CLIENT = "Ringstore-Client";
    private static final String CLIENT_TIMESTAMP = "Ringstore-Client-Timestamp";
    private static final int MAX_TEXT = 255;
    private static final Pattern REVISION = Pattern.compile("\"(\\d{1,18})\"");
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?(?:$|[,;\\s])", Pattern.CASE_INSENSITIVE);

    private final RequestIdMaker requestIds;
    private final GatewayProperties settings;

    ApiHeaders(RequestIdMaker requestIds, GatewayProperties settings) {
        this.requestIds = requestIds;
        this.settings = settings;
    }

    /** The caller's idempotency key, or a new one. */
    String requestId(HttpServletRequest request) {
        String key = single(request, IDEMPOTENCY_KEY);
        return key == null ? requestIds.next() : requireVisibleAscii(IDEMPOTENCY_KEY, key);
    }

    String newRequestId() {
        return requestIds.next();
    }

    @Nullable
    String client(HttpServletRequest request) {
        String client = single(request, CLIENT);
        return client == null ? null : requireVisibleAscii(CLIENT, client);
    }

    @Nullable
    Long clientTimestamp(HttpServletRequest request) {
        String text = single(request, CLIENT_TIMESTAMP);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException broken) {
            throw Problems.badRequest(CLIENT_TIMESTAMP + " is a whole number of milliseconds since 1970.");
        }
    }

    /** The media type a value comes with, as the caller wrote it; null if none is given. */
    @Nullable
    String contentType(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? null : requireShort("Content-Type", type);
    }

    /** What comes from elsewhere than a header, and is going to be one. */
    static String requireHeaderValue(String name, String text) {
        if (text.isBlank() || !text.chars().allMatch(character -> character >= ' ' && character < 127)) {
            throw Problems.badRequest(name + " has visible ASCII characters.");
        }
        return requireShort(name, text);
    }

    private static String requireShort(String name, String text) {
        if (text.length() > MAX_TEXT) {
            throw Problems.badRequest(name + " has at most " + MAX_TEXT + " characters.");
        }
        return text;
    }

    /** How long the caller is ready to wait, in milliseconds ({@code Prefer: wait=seconds}). */
    long patienceMillis(HttpServletRequest request) {
        if (request.getHeader("Prefer") == null) {
            return settings.patience().toMillis();
        }
        Matcher wait = WAIT.matcher(String.join(",", Collections.list(request.getHeaders("Prefer"))));
        return wait.find()
                ? Math.clamp(
                        1_000 * Long.parseLong(wait.group(1)),
                        1,
                        settings.maxPatience().toMillis())
                : settings.patience().toMillis();
    }

    /** The revision that {@code If-Match} asks for, or null. */
    @Nullable
    Long ifRevision(HttpServletRequest request) {
        String match = single(request, HttpHeaders.IF_MATCH);
        if (match == null || match.strip().equals("*")) {
            return null;
        }
        Matcher revision = REVISION.matcher(match.strip());
        if (!revision.matches()) {
            throw Problems.badRequest("If-Match is one revision in quotes, or *.");
        }
        return Long.valueOf(revision.group(1));
    }

    /** Whether the key must exist, must not exist, or may do as it likes. */
    @Nullable
    Boolean ifExists(HttpServletRequest request) {
        String match = single(request, HttpHeaders.IF_MATCH);
        String noneMatch = single(request, HttpHeaders.IF_NONE_MATCH);
        if (match != null && noneMatch != null) {
            throw Problems.badRequest("If-Match and If-None-Match cannot both be asked for.");
        }
        if (noneMatch != null && !noneMatch.strip().equals("*")) {
            throw Problems.badRequest("If-None-Match of a write is *.");
        }
        if (noneMatch != null) {
            return false;
        }
        boolean mustExist = match != null && match.strip().equals("*");
        return mustExist ? true : null;
    }

    private static @Nullable String single(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (!values.hasMoreElements()) {
            return null;
        }
        String value = values.nextElement();
        if (values.hasMoreElements()) {
            throw Problems.badRequest(name + " is given more than once.");
        }
        return value;
    }

    static String requireVisibleAscii(String name, String text) {
        boolean visible = text.chars().allMatch(character -> character > ' ' && character < 127);
        if (text.isEmpty() || text.length() > MAX_TEXT || !visible) {
            throw Problems.badRequest(name + " has 1 to " + MAX_TEXT + " visible ASCII characters.");
        }
        return text;
    }
}
