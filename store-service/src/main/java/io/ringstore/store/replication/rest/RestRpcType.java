package io.ringstore.store.replication.rest;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.ServerFactory;

/** Ratis over HTTP; Ratis finds this class by its name in {@code raft.rpc.type} (P1). */
public final class RestRpcType implements RpcType {

    private static final RestRpcType INSTANCE = new RestRpcType();

    @Override
    public String name() {
        return RestRpcType.class.getName();
    }

    @Override
    public ServerFactory newFactory(Parameters parameters) {
        return new Factory(RestTransport.from(parameters));
    }

    private record Factory(RestTransport transport) implements ServerFactory {

        @Override
        public RestRaftServerRpc newRaftServerRpc(RaftServer server) {
            return new RestRaftServerRpc(server::getId, transport);
        }

        @Override
        public RpcType getRpcType() {
            return INSTANCE;
        }
    }
}
