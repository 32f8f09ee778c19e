package io.ringstore.client.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What this API is, for programs and for people; files that tests hold against what the mappings say (decision 8). */
@RestController
class ApiDocument {

    /** The page loads nothing but its own files and the document, from here. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8),
            "js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
            "css", new MediaType("text", "css", StandardCharsets.UTF_8));

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> document() throws IOException {
        return answer("openapi.json", MediaType.APPLICATION_JSON);
    }

    @GetMapping("/v3/api-docs.{kind:html|js|css}")
    ResponseEntity<byte[]> page(@PathVariable String kind) throws IOException {
        return answer("api-docs/page." + kind, Objects.requireNonNull(TYPES.get(kind)));
    }

    private static ResponseEntity<byte[]> answer(String file, MediaType type) throws IOException {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", POLICY)
                .body(new ClassPathResource(file).getContentAsByteArray());
    }
}
