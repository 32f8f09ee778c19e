package io.ringstore.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.apache.ratis.thirdparty.com.google.protobuf.UnknownFieldSet;

/** Takes spans in OpenTelemetry's protocol, as a collector does: {@code ExportTraceServiceRequest} of protobuf over HTTP. */
final class TraceReceiver implements AutoCloseable {

    /** Numbers of fields in that protocol. */
    private static final int ATTRIBUTES = 1;

    private static final int RESOURCE = 1;
    private static final int OF_A_SCOPE = 2;

    private final List<Shown> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** One span; its parent is empty if it has none. */
    record Shown(String node, String name, String trace, String span, String parent) {}

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<Shown> ofTrace(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        UnknownFieldSet request =
                UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
        for (UnknownFieldSet ofNode : messages(request, 1)) {
            String node = nodeOf(messages(ofNode, RESOURCE).getFirst());
            for (UnknownFieldSet scope : messages(ofNode, OF_A_SCOPE)) {
                for (UnknownFieldSet span : messages(scope, 2)) {
                    spans.add(new Shown(node, bytes(span, 5).toStringUtf8(), hex(span, 1), hex(span, 2), hex(span, 4)));
                }
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static String nodeOf(UnknownFieldSet resource) throws InvalidProtocolBufferException {
        for (UnknownFieldSet attribute : messages(resource, ATTRIBUTES)) {
            if (bytes(attribute, 1).toStringUtf8().equals("service.instance.id")) {
                return bytes(messages(attribute, 2).getFirst(), 1).toStringUtf8();
            }
        }
        return "";
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field) throws InvalidProtocolBufferException {
        List<UnknownFieldSet> messages = new ArrayList<>();
        for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static ByteString bytes(UnknownFieldSet of, int field) {
        List<ByteString> all = of.getField(field).getLengthDelimitedList();
        return all.isEmpty() ? ByteString.EMPTY : all.getFirst();
    }

    private static String hex(UnknownFieldSet of, int field) {
        return HexFormat.of().formatHex(bytes(of, field).toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
