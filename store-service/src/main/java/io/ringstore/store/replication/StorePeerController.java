package io.ringstore.store.replication;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers the other store nodes. */
@RestController
final class StorePeerController implements StorePeerApi {

    private final ReplicaLifecycle lifecycle;

    StorePeerController(ReplicaLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public NodeIdentity identity() {
        return lifecycle.identityIfKnown().orElseThrow(StorePeerController::notYet);
    }

    @Override
    public ReplicaDigest digest() {
        return lifecycle.digest().orElseThrow(StorePeerController::notYet);
    }

    private static ResponseStatusException notYet() {
        return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "This node is starting.");
    }
}
