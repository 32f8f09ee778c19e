package io.ringstore.client.access;

/** A gateway that asks nobody who he is would be reached from other machines, and nobody has said that it may. */
final class OpenGatewayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OpenGatewayException(String where) {
        super("This gateway would listen on " + where
                + ", and whoever reaches it there could read and write everything: it asks nobody who he is.");
    }
}
