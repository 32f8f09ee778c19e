package io.ringstore.client.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * The API tokens that this gateway knows, by their hashes: from what is kept here no token can be made.
 *
 * <p>A token is 256 random bits, so one round of SHA-256 is as good as many: there is nothing to guess.
 */
final class ApiTokens {

    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int LEAST_FIELDS = 3;

    /** By the first bytes of the hash, which say nothing about the token. */
    private final Map<Long, Known> known = new HashMap<>();

    private record Known(byte[] hash, Caller caller) {}

    /**
     * Reads a file with one {@code NAME ROLE HASH [PREFIX...]} in each line.
     *
     * @throws IllegalArgumentException if it makes no sense; a hash is not told, as it might be a token by mistake
     */
    static ApiTokens read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("ringstore.access.tokens: cannot read " + file, unreadable);
        }
        ApiTokens tokens = new ApiTokens();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    tokens.add(BLANKS.split(line, -1));
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalArgumentException(
                            "ringstore.access.tokens: line " + (i + 1) + " of " + file + ": " + wrong.getMessage(),
                            wrong);
                }
            }
        }
        if (tokens.known.isEmpty()) {
            throw new IllegalArgumentException(
                    "ringstore.access.tokens: there is no token in " + file + "; ./ringstore token makes one");
        }
        return tokens;
    }

    private void add(String[] fields) {
        require(fields.length >= LEAST_FIELDS, "a token is NAME ROLE HASH [PREFIX...]");
        require(PRINCIPAL.matcher(fields[0]).matches(), "a name has 1 to 64 letters, digits, dots, dashes, @ or _");
        Role role = role(fields[1]);
        require(HASH.matcher(fields[2]).matches(), "a hash is SHA-256 in 64 lower-case hexadecimal digits");
        List<String> prefixes = Arrays.stream(fields)
                .skip(LEAST_FIELDS)
                .map(prefix -> UriUtils.decode(prefix, StandardCharsets.UTF_8))
                .toList();
        require(prefixes.isEmpty() || role != Role.ADMIN, "an admin has no prefix: a backup has all keys");
        byte[] hash = HexFormat.of().parseHex(fields[2]);
        Caller caller = new Caller(fields[0], role, prefixes.isEmpty() ? Caller.ALL_KEYS : prefixes);
        require(known.put(start(hash), new Known(hash, caller)) == null, "this hash stands there twice");
    }

    private static Role role(String word) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a role is reader, writer or admin");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Whose token this is; null if nobody's. How long it takes does not depend on how much of it was guessed right. */
    @Nullable
    Caller find(String token) {
        byte[] hash = sha256().digest(token.getBytes(StandardCharsets.UTF_8));
        Known candidate = known.get(start(hash));
        return candidate != null && MessageDigest.isEqual(candidate.hash(), hash) ? candidate.caller() : null;
    }

    private static long start(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
