package io.ringstore.client.web;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * How the web server behaves where it acts by itself: keys may have encoded slashes, and what it refuses before it is a
 * request of ours is a problem document too, without its name and version.
 */
@Component
class PlainErrors implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        });
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
    }

    /** Made by the web server, by its name. */
    public static final class Valve extends ErrorReportValve {

        private static final Logger log = LoggerFactory.getLogger(PlainErrors.class);

        /** The web server says 400 to headers that are too large, and only by this text that it is that. */
        private static final String HEADERS_TOO_LARGE =
                StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
            if (cause instanceof IllegalArgumentException tooLarge && HEADERS_TOO_LARGE.equals(tooLarge.getMessage())) {
                response.setStatus(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.value());
            }
            try {
                SafeAnswers.protect(response);
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.getOutputStream().write(problem(response.getStatus()).getBytes(StandardCharsets.UTF_8));
                response.finishResponse();
            } catch (IOException gone) {
                log.debug("nobody is there to be told", gone);
            }
        }

        private static String problem(int status) {
            HttpStatus known = HttpStatus.resolve(status);
            String title = known == null ? "Refused" : known.getReasonPhrase();
            return """
                    {"type":"https://ringstore.io/problems/%s","title":"%s","status":%d,"outcome":"not-applied",\
                    "retryable":false}""".formatted(title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, status);
        }
    }
}
