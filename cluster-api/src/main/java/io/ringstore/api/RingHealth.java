package io.ringstore.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The answer of {@code /actuator/health/ring} (§4.5).
 *
 * @param details absent if the ring's own loop did not answer
 */
public record RingHealth(String status, @Nullable Details details) {

    /** What the health indicator says beside the status. */
    public record Details(@Nullable NodeState ring) {}

    /** The client's end; the other end is Actuator's. */
    @HttpExchange
    public interface Api {

        /** 200 or 503, both with a body. */
        @GetExchange("/actuator/health/ring")
        ResponseEntity<RingHealth> health();
    }
}
