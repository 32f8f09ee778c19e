package io.ringstore.store.history;

import java.nio.file.Path;

/** A file on this node's disk was written by a version of Ringstore that laid files out differently. */
public final class OtherFormatException extends RuntimeException {

    public OtherFormatException(Path file, int found, int wanted) {
        super(file + " has the format " + name(found) + ", and this version of Ringstore reads " + name(wanted)
                + " only. Nothing was changed. Start the version that wrote it, or start with empty data directories.");
    }

    private static String name(int magic) {
        StringBuilder name = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int letter = (magic >>> shift) & 0xFF;
            name.append(letter > ' ' && letter < 127 ? (char) letter : '?');
        }
        return name.toString();
    }
}
