package io.ringstore.api;

/** The media type of what is sent for every batch, where JSON would cost more than the rest of the call. */
public final class BinaryMedia {

    public static final String TYPE = "application/x-ringstore";

    /** What people and tests may ask for instead. */
    static final String JSON = "application/json";

    private BinaryMedia() {}
}
