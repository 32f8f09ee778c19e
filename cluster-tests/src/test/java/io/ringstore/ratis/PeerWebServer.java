package io.ringstore.ratis;

import io.ringstore.store.replication.rest.MessageObserver;
import io.ringstore.store.replication.rest.ReplicationEndpoint;
import io.ringstore.store.replication.rest.ReplicationServlet;
import io.ringstore.store.replication.rest.RestTransport;
import java.net.InetAddress;
import java.net.URI;
import java.util.function.Supplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.ratis.server.RaftServer;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/** The store service's servlet in a Tomcat set up like the store service's; keeps its port over a restart. */
final class PeerWebServer {

    private final Supplier<@Nullable RaftServer> server;
    private final RestTransport transport;
    private volatile int port;
    private volatile @Nullable Tomcat running;

    PeerWebServer(Supplier<@Nullable RaftServer> server, RestTransport transport) {
        this.server = server;
        this.transport = transport;
    }

    void start() {
        if (running != null) {
            return;
        }
        var tomcat = new Tomcat();
        // One for each JVM: suites run side by side, and Tomcat fails when another makes the directory first.
        tomcat.setBaseDir("target/tomcat-" + ProcessHandle.current().pid());
        tomcat.setConnector(connector());
        Context context = tomcat.addContext("", null);
        if (context instanceof StandardContext standard) {
            // A server that is killed does not wait for those it was answering: a millisecond, twenty times. 0 is for
            // ever.
            standard.setUnloadDelay(20);
            // Looking for leaks of a servlet that lives as long as the test would need the JDK's internals.
            standard.setClearReferencesThreadLocals(false);
            standard.setClearReferencesRmiTargets(false);
        }
        var endpoint = new ReplicationEndpoint(server, transport);
        Tomcat.addServlet(context, "replication", new ReplicationServlet(endpoint, MessageObserver.NONE))
                .addMapping("/replication/*");
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        port = tomcat.getConnector().getLocalPort();
        running = tomcat;
    }

    private Connector connector() {
        var connector = new Connector();
        connector.setPort(port);
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setAddress(InetAddress.getLoopbackAddress());
            protocol.setExecutor(new VirtualThreadExecutor("peer-"));
        }
        connector.setProperty("maxKeepAliveRequests", "-1");
        return connector;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void stop() {
        Tomcat stopping = running;
        if (stopping == null) {
            return;
        }
        running = null;
        try {
            stopping.stop();
            stopping.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
