package io.ringstore.client.access;

import jakarta.servlet.http.HttpServletRequest;

/** Tells who sent a request. */
@FunctionalInterface
public interface Callers {

    /**
     * Whoever the request was let in as.
     *
     * @throws NotAuthenticated if that was never asked, which is a defect
     */
    Caller of(HttpServletRequest request);

    /** Where nobody is asked who he is. */
    static Callers anybody() {
        return _ -> Caller.ANYBODY;
    }

    /** Whom the filter let in; whoever got past it may do nothing. */
    static Callers authenticated() {
        return request -> {
            if (request.getAttribute(AccessFilter.CALLER) instanceof Caller caller) {
                return caller;
            }
            throw new NotAuthenticated("Nobody asked who you are.");
        };
    }
}
