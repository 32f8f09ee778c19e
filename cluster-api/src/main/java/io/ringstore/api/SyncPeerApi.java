package io.ringstore.api;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * What sync nodes say to each other; answered at once, never after the critical section.
 *
 * <p>A call that cannot be delivered throws {@code RestClientException}; a refused token is an answer, not an exception.
 */
@HttpExchange("/ring")
public interface SyncPeerApi {

    @PostExchange("/token")
    ResponseEntity<PassReply> passToken(@RequestBody TokenMessage token);

    @PostExchange("/copy")
    ResponseEntity<PassReply> sendCopy(@RequestBody CopyMessage copy);

    @PostExchange("/wake")
    ResponseEntity<NodeState> wake(@RequestBody WakeMessage wake);

    @PostExchange("/bye")
    ResponseEntity<Void> bye(@RequestBody ByeMessage bye);
}
