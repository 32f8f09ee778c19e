package io.ringstore.client.page;

import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What this API is, for programs and for people; files that tests hold against what the mappings say (decision 8). */
@RestController
class ApiDocument {

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> document() throws IOException {
        return PageFiles.answer("openapi.json", MediaType.APPLICATION_JSON);
    }

    @GetMapping("/v3/api-docs.{kind:html|js|css}")
    ResponseEntity<byte[]> page(@PathVariable String kind) throws IOException {
        return PageFiles.answer("api-docs/page." + kind, PageFiles.typeOf(kind));
    }
}
