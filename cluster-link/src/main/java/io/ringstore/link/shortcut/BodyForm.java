package io.ringstore.link.shortcut;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** How one kind of body is read and written. */
public interface BodyForm<T> {

    String mediaType();

    /** Reads it to its end. @throws IOException if it is not such a body */
    @Nullable
    T read(InputStream in) throws IOException;

    byte[] write(T body) throws IOException;

    /** The bytes as they are. */
    BodyForm<byte[]> BYTES = new BodyForm<>() {

        @Override
        public String mediaType() {
            return "application/octet-stream";
        }

        @Override
        public byte[] read(InputStream in) throws IOException {
            return in.readAllBytes();
        }

        @Override
        public byte[] write(byte[] body) {
            return body;
        }
    };

    /** As JSON. */
    static <T> BodyForm<T> json(JsonMapper mapper, Type type) {
        ObjectReader reader = mapper.readerFor(mapper.constructType(type));
        return new BodyForm<>() {

            @Override
            public String mediaType() {
                return "application/json";
            }

            @Override
            public @Nullable T read(InputStream in) throws IOException {
                try {
                    return reader.readValue(in);
                } catch (JacksonException malformed) {
                    throw new IOException(malformed);
                }
            }

            @Override
            public byte[] write(T body) {
                return mapper.writeValueAsBytes(body);
            }
        };
    }
}
