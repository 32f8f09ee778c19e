package io.ringstore.client.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes bodies that are whole already straight to the response, with their length, so that none is sent in chunks. */
final class Answers {

    private Answers() {}

    /** @param type the media type, as the caller is to read it, whether Spring could parse it or not */
    static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
