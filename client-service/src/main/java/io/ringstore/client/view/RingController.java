package io.ringstore.client.view;

import io.ringstore.client.watch.RingListeners;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** The token vector and where each node stands, as they tell it. */
@RestController
class RingController {

    private final NodeViews nodes;

    private final RingListeners listeners;

    RingController(NodeViews nodes, RingListeners listeners) {
        this.nodes = nodes;
        this.listeners = listeners;
    }

    /** What happens on the ring, as it happens; and, if wanted, several times a second how everybody is. */
    @GetMapping(path = "/v1/ring/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<ResponseBodyEmitter> events(@RequestParam(defaultValue = "false") boolean state) {
        return listeners.listen(state).response();
    }

    @GetMapping("/v1/ring")
    RingView ring() {
        return RingView.of(nodes.syncNodes());
    }
}
