package io.ringstore.client.page;

import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows ring and store to people who open the gateway's address. */
@RestController
class ConsolePage {

    @GetMapping("/")
    ResponseEntity<byte[]> page() throws IOException {
        return PageFiles.answer("console/index.html", PageFiles.typeOf("html"));
    }

    @GetMapping("/console/console.{kind:js|css}")
    ResponseEntity<byte[]> file(@PathVariable String kind) throws IOException {
        return PageFiles.answer("console/console." + kind, PageFiles.typeOf(kind));
    }
}
