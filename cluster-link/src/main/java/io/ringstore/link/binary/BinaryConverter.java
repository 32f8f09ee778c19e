package io.ringstore.link.binary;

import io.ringstore.api.BinaryMedia;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.SmartHttpMessageConverter;

/** Fits one {@link BinaryForm} to Spring's clients and controllers alike. */
final class BinaryConverter<T> implements SmartHttpMessageConverter<T> {

    private static final MediaType MEDIA = MediaType.valueOf(BinaryMedia.TYPE);

    private final BinaryForm<T> form;

    BinaryConverter(BinaryForm<T> form) {
        this.form = form;
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MEDIA);
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return MEDIA.equalsTypeAndSubtype(mediaType) && type.getType().equals(form.type());
    }

    @Override
    public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
        return (mediaType == null || MEDIA.isCompatibleWith(mediaType))
                && type.getType().equals(form.type());
    }

    @Override
    public T read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        try {
            return BinaryForms.read(form, message.getBody());
        } catch (IOException | IllegalArgumentException broken) {
            throw new HttpMessageNotReadableException("not a body of this kind", broken, message);
        }
    }

    @Override
    public void write(
            T body,
            ResolvableType type,
            @Nullable MediaType contentType,
            HttpOutputMessage message,
            @Nullable Map<String, Object> hints)
            throws IOException {
        byte[] bytes = BinaryForms.bytes(form, body);
        message.getHeaders().setContentType(MEDIA);
        message.getHeaders().setContentLength(bytes.length);
        if (message instanceof StreamingHttpOutputMessage streaming) {
            streaming.setBody(bytes);
        } else {
            message.getBody().write(bytes);
        }
    }
}
