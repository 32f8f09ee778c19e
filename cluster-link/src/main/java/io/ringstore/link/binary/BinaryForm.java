package io.ringstore.link.binary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;

/** How one kind of body is laid out as {@code application/x-ringstore}. */
interface BinaryForm<T> {

    /** The type that contracts declare for it. */
    Type type();

    void write(T body, DataOutputStream out) throws IOException;

    /** Reads it to its end. @throws IOException if the bytes are not such a body */
    T read(DataInputStream in) throws IOException;
}
