package io.ringstore.client.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringstore.api.RecordMessage;
import io.ringstore.client.watch.Times;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record of the log as callers see it: text values as text, others in base64. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordView(
        long revision,
        String op,
        String key,
        @Nullable String value,
        byte @Nullable [] valueBase64,
        @Nullable String contentType,
        String requestId,
        @Nullable String client,
        @Nullable Long clientTimestamp,

        @JsonProperty @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
        String principal,

        Receipt.TokenView token,
        String storedAt) {

    static RecordView of(RecordMessage record) {
        String text = record.value() == null ? null : text(record.value());
        return new RecordView(
                record.revision(),
                record.op(),
                record.key(),
                text,
                text == null ? record.value() : null,
                record.contentType(),
                record.requestId(),
                record.client(),
                record.clientTimestamp(),
                record.principal(),
                Receipts.token(record.origin()),
                Times.iso(record.origin().storedAt()));
    }

    /** A value as text; null if it is none. */
    static @Nullable String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }
}
