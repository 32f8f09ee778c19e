package io.ringstore.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringstore.api.KeyItem;
import org.jspecify.annotations.Nullable;

/** A key in a listing as callers see it; its value only if they asked for values, as text or in base64. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemView(
        String key,
        long revision,
        int size,
        @Nullable String contentType,
        @Nullable String value,
        byte @Nullable [] valueBase64) {

    static ItemView of(KeyItem item) {
        String text = item.value() == null ? null : RecordView.text(item.value());
        return new ItemView(
                item.key(), item.revision(), item.size(), item.contentType(), text, text == null ? item.value() : null);
    }
}
