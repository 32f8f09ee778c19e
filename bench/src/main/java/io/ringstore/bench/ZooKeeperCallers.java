package io.ringstore.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.AsyncCallback.StatCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * Clients of ZooKeeper's own library. They share a few sessions, each of which carries many requests at a time; a session
 * for each would spend the machine on two threads per client.
 */
final class ZooKeeperCallers implements Caller.Source {

    private static final int SESSIONS = 8;
    private static final int SESSION_TIMEOUT_MILLIS = 30_000;
    private static final int ANSWER_TIMEOUT_SECONDS = 60;

    private final Plan plan;
    private final List<ZooKeeper> sessions = new ArrayList<>();

    ZooKeeperCallers(String address, int clients, Plan plan) throws IOException {
        if (plan.records() > 1) {
            throw new IllegalArgumentException("--records above 1 is not measured with zookeeper");
        }
        this.plan = plan;
        for (int session = 0; session < Math.min(SESSIONS, clients); session++) {
            sessions.add(new ZooKeeper(address, SESSION_TIMEOUT_MILLIS, _ -> {}));
        }
    }

    @Override
    public Caller open(int client) throws IOException, InterruptedException {
        ZooKeeper session = sessions.get(client % sessions.size());
        String path = "/" + Dialect.key(client);
        byte[] value = plan.value().getBytes(StandardCharsets.US_ASCII);
        try {
            session.create(path, value, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        } catch (KeeperException.NodeExistsException _) {
            // as it should be
        } catch (KeeperException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        return new Session(session, path, value);
    }

    @Override
    public void close() {
        try {
            for (ZooKeeper session : sessions) {
                session.close();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One client's key, over a session that others use too. */
    private record Session(ZooKeeper keeper, String path, byte[] value) implements Caller {

        @Override
        public Optional<String> write() throws IOException, InterruptedException {
            CompletableFuture<Integer> code = new CompletableFuture<>();
            StatCallback told = (result, _, _, _) -> code.complete(result);
            keeper.setData(path, value, -1, told, null);
            return refusal(code);
        }

        /** A server answers from what it has, as etcd's serializable reads do. */
        @Override
        public Optional<String> read() throws IOException, InterruptedException {
            CompletableFuture<Integer> code = new CompletableFuture<>();
            DataCallback told = (result, _, _, _, _) -> code.complete(result);
            keeper.getData(path, false, told, null);
            return refusal(code);
        }

        private static Optional<String> refusal(CompletableFuture<Integer> answer)
                throws IOException, InterruptedException {
            try {
                Code code = Code.get(answer.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS));
                return code == Code.OK ? Optional.empty() : Optional.of(code.name());
            } catch (TimeoutException | ExecutionException late) {
                throw new IOException("no answer in time", late);
            }
        }

        @Override
        public void close() {}
    }
}
