package io.ringstore.client.web;

import io.ringstore.api.RecordMessage;
import io.ringstore.client.watch.RecordEncoder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Records in events look as they do in the log. */
@Component
class RecordEvents implements RecordEncoder {

    private final ObjectMapper json;

    RecordEvents(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public byte[] encode(RecordMessage record) {
        return json.writeValueAsBytes(RecordView.of(record));
    }
}
