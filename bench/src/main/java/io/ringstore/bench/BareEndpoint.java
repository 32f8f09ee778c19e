package io.ringstore.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a PUT costs in Spring Boot when nothing is done with it: no ring, no store, no disk. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(BareEndpoint.Endpoint.class)
class BareEndpoint {

    static void serve(int port) {
        new SpringApplicationBuilder(BareEndpoint.class)
                .properties(Map.of(
                        "server.port", port,
                        "server.address", "127.0.0.1",
                        "server.tomcat.max-keep-alive-requests", "-1",
                        "spring.threads.virtual.enabled", "true",
                        "spring.main.banner-mode", "off"))
                .run();
    }

    /** Answers as the gateway does, with a small receipt. */
    @RestController
    static class Endpoint {

        private final AtomicLong revisions = new AtomicLong();

        @PutMapping("/v1/kv/{key}")
        @ResponseStatus(HttpStatus.CREATED)
        Receipt put(@PathVariable String key, @RequestBody byte[] value) {
            return new Receipt("COMMITTED", key, revisions.incrementAndGet(), value.length);
        }
    }

    record Receipt(String status, String key, long revision, int size) {}
}
