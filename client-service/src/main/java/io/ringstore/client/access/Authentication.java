package io.ringstore.client.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Finds out who sent a request. */
final class Authentication {

    private static final Pattern BEARER = Pattern.compile("Bearer +([\\x21-\\x7e]{1,255})", Pattern.CASE_INSENSITIVE);

    private final ApiTokens tokens;

    Authentication(ApiTokens tokens) {
        this.tokens = tokens;
    }

    /** @throws NotAuthenticated if it has no token, or none that is known */
    Caller caller(HttpServletRequest request) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (given == null) {
            throw new NotAuthenticated("This gateway takes requests with a token: Authorization: Bearer TOKEN.");
        }
        Matcher bearer = BEARER.matcher(given);
        Caller caller = bearer.matches() ? tokens.find(bearer.group(1)) : null;
        if (caller == null) {
            throw new NotAuthenticated("This token is not known here.");
        }
        return caller;
    }
}
