package io.ringstore.link.binary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Values that may be missing, and lists whose length must make sense. */
final class Fields {

    /** More elements than any body of ours has; a greater count is not a count. */
    private static final int MAX_ELEMENTS = 1 << 16;

    private static final int MAX_BYTES = 4 << 20;
    private static final int NONE = -1;

    private Fields() {}

    static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    static @Nullable String readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    static void writeLong(DataOutputStream out, @Nullable Long number) throws IOException {
        out.writeBoolean(number != null);
        if (number != null) {
            out.writeLong(number);
        }
    }

    static @Nullable Long readLong(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readLong() : null;
    }

    static void writeFlag(DataOutputStream out, @Nullable Boolean flag) throws IOException {
        out.writeByte(flag == null ? NONE : flag ? 1 : 0);
    }

    static @Nullable Boolean readFlag(DataInputStream in) throws IOException {
        int flag = in.readByte();
        return flag == NONE ? null : flag == 1;
    }

    static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        require(length >= 0 && length <= MAX_BYTES, "a value of " + length + " bytes");
        byte[] bytes = in.readNBytes(length);
        require(bytes.length == length, "a value that ends after " + bytes.length + " of " + length + " bytes");
        return bytes;
    }

    static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        require(count >= 0 && count <= MAX_ELEMENTS, "a list of " + count + " elements");
        return count;
    }

    /** A body ends where it says, or it is not one of ours. */
    static void requireEnd(DataInputStream in) throws IOException {
        require(in.read() < 0, "more bytes than the body has");
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
