package io.ringstore.api;

import java.util.List;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the gateway says to a sync node. */
@HttpExchange("/sync")
public interface SyncApi {

    /** Answered when every write is decided or has waited long enough; one result for each, in order. */
    @PostExchange(
            url = "/writes",
            accept = {BinaryMedia.TYPE, BinaryMedia.JSON})
    List<WriteResult> write(@RequestBody List<WriteMessage> writes);

    @GetExchange("/state")
    NodeState state();

    /**
     * The latest moments with a greater number than {@code after}, oldest first. They are kept for some seconds after
     * somebody asked, only so many of them, and of a busy ring only some rotations.
     *
     * @param waitMillis how long to wait for the first of them, at most two seconds; then the answer has none
     */
    @GetExchange("/moments")
    MomentsMessage moments(@RequestParam long after, @RequestParam(defaultValue = "0") long waitMillis);
}
