package io.ringstore.client.page;

import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The console, which people see who open the gateway's address: plain files, named by nothing but small words. */
@RestController
class ConsolePage {

    @GetMapping("/")
    ResponseEntity<byte[]> page() throws IOException {
        return PageFiles.answer("console/index.html", PageFiles.typeOf("html"));
    }

    @GetMapping("/console/{name:[a-z-]+}.{kind:js|css}")
    ResponseEntity<byte[]> file(@PathVariable String name, @PathVariable String kind) throws IOException {
        return PageFiles.answer("console/" + name + "." + kind, PageFiles.typeOf(kind));
    }

    @GetMapping("/console/views/{name:[a-z-]+}.{kind:js|css}")
    ResponseEntity<byte[]> view(@PathVariable String name, @PathVariable String kind) throws IOException {
        return PageFiles.answer("console/views/" + name + "." + kind, PageFiles.typeOf(kind));
    }
}
