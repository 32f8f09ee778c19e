package io.ringstore.link;

import io.ringstore.api.BinaryMedia;
import io.ringstore.link.binary.BinaryForms;
import io.ringstore.link.shortcut.BodyForm;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How the bodies of a contract travel: bytes as they are, the compact form of what has one, JSON for the rest. */
final class BodyForms {

    private static final Map<Type, BodyForm<?>> JSON = new ConcurrentHashMap<>();

    private BodyForms() {}

    /** The form in which a body of this type is sent. */
    static <T> BodyForm<T> of(Type type) {
        BodyForm<?> form = type == byte[].class ? BodyForm.BYTES : BinaryForms.of(type);
        return cast(form == null ? json(type) : form);
    }

    /** The form of a body of this type that came with a media type. */
    static <T> BodyForm<T> of(Type type, @Nullable String mediaType) {
        BodyForm<T> form = of(type);
        return form.mediaType().equals(BinaryMedia.TYPE) && !BinaryMedia.TYPE.equals(mediaType)
                ? cast(json(type))
                : form;
    }

    private static BodyForm<?> json(Type type) {
        return JSON.computeIfAbsent(type, one -> BodyForm.json(JsonMapper.shared(), one));
    }

    @SuppressWarnings("unchecked") // a form is kept under the type that it is of
    private static <T> BodyForm<T> cast(BodyForm<?> form) {
        return (BodyForm<T>) form;
    }
}
