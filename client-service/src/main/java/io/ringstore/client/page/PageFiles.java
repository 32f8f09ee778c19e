package io.ringstore.client.page;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ResponseStatusException;

/** Files of pages that load nothing but what this gateway serves. */
final class PageFiles {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageFiles() {}

    /** @param file on the class path */
    static ResponseEntity<byte[]> answer(String file, MediaType type) throws IOException {
        ClassPathResource content = new ClassPathResource(file);
        if (!content.exists()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", POLICY)
                .body(content.getContentAsByteArray());
    }

    /** The type of a page's files, which are all text. */
    static MediaType typeOf(String extension) {
        String subtype = extension.equals("js") ? "javascript" : extension;
        return MediaType.parseMediaType("text/" + subtype + ";charset=UTF-8");
    }
}
