package io.ringstore.client.web;

import io.ringstore.client.gateway.GatewayProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Bounds the requests that are being read or answered at once, because each holds buffers and perhaps a body. */
@Component
class Places {

    private final Semaphore free;

    Places(GatewayProperties settings) {
        free = new Semaphore(settings.maxRequests());
    }

    /** Takes one until it is given back, or throws the problem that there is none. */
    void take(HttpServletRequest request) {
        if (!free.tryAcquire()) {
            throw Problems.tooManyRequests(!ProblemAnswers.isRead(request.getMethod()));
        }
    }

    void giveBack() {
        free.release();
    }
}
