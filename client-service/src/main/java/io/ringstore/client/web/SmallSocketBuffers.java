package io.ringstore.client.web;

import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** A connection keeps its socket's buffers even while nothing is said on it; by default they are twice as large. */
@Component
class SmallSocketBuffers implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

    private static final String BYTES = "4096";

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", BYTES);
            connector.setProperty("socket.appWriteBufSize", BYTES);
        });
    }
}
