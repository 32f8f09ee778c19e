package io.ringstore.ratis;

import io.ringstore.store.replication.rest.RestRpcType;
import io.ringstore.store.replication.rest.RestTransport;
import java.util.function.Function;
import org.apache.ratis.client.ClientFactory;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;
import org.apache.ratis.server.impl.DelayLocalExecutionInjection;
import org.jspecify.annotations.Nullable;

/** {@link RestRpcType} between servers, and beside it the clients that Ratis' suites need and the store does not. */
public final class SuiteRpcType implements RpcType {

    @Override
    public String name() {
        return SuiteRpcType.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        return new Factory(parameters.getNonNull(Wiring.KEY, Wiring.class), new RestRpcType().newFactory(parameters));
    }

    /** What a cluster lends to the parts that Ratis makes by reflection. */
    record Wiring(
            RestTransport transport,
            Function<RaftPeerId, @Nullable RaftServer> servers,
            DelayLocalExecutionInjection delays) {

        private static final String KEY = Wiring.class.getName();

        void addTo(Parameters parameters) {
            parameters.put(KEY, this, Wiring.class);
            transport.addTo(parameters);
        }
    }

    private record Factory(Wiring wiring, ServerFactory rest) implements ServerFactory, ClientFactory {

        @Override
        public RaftServerRpc newRaftServerRpc(RaftServer server) {
            return new DelayedServerRpc(server::getId, rest.newRaftServerRpc(server), wiring.delays());
        }

        @Override
        public RaftClientRpc newRaftClientRpc(ClientId client, RaftProperties properties) {
            return new InProcessClient(wiring.servers());
        }

        @Override
        public RpcType getRpcType() {
            return new SuiteRpcType();
        }
    }
}
