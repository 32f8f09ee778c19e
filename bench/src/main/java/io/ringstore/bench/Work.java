package io.ringstore.bench;

/** What the clients of a measurement do, each with a key of its own. */
enum Work {
    WRITE,
    READ_LOCAL,
    READ_LINEARIZABLE;

    static Work reads(String consistency) {
        return switch (consistency) {
            case "local" -> READ_LOCAL;
            case "linearizable" -> READ_LINEARIZABLE;
            default -> throw new IllegalArgumentException("reads are local or linearizable, not " + consistency);
        };
    }

    /** The request that is sent again and again. */
    byte[] request(KeyConnection connection, String path, byte[] value) {
        return switch (this) {
            case WRITE -> connection.put(path, value);
            case READ_LOCAL -> connection.get(path + "?consistency=local");
            case READ_LINEARIZABLE -> connection.get(path + "?consistency=linearizable");
        };
    }
}
