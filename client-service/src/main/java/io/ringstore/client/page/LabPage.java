package io.ringstore.client.page;

import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The console's part for the lab; there is no such path outside of it. */
@RestController
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
class LabPage {

    @GetMapping("/console/lab/{name:[a-z-]+}.{kind:js|css}")
    ResponseEntity<byte[]> file(@PathVariable String name, @PathVariable String kind) throws IOException {
        return PageFiles.answer("console/lab/" + name + "." + kind, PageFiles.typeOf(kind));
    }
}
