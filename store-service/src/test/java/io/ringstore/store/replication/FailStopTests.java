package io.ringstore.store.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.cluster.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Going on after a failure could make one replica differ from the others, so the process ends (P4). */
class FailStopTests {

    @TempDir
    private Path data;

    private final List<String> stops = new ArrayList<>();

    @Test
    void anEntryThatCannotBeAppliedStopsTheNode() {
        try (LedgerStateMachine stateMachine = stateMachine()) {
            TransactionContext entry = entry(stateMachine, ByteString.copyFromUtf8("not an entry of ours"));

            assertThatThrownBy(() -> stateMachine.applyTransaction(entry)).isInstanceOf(IllegalStateException.class);
        }

        assertThat(stops).containsExactly("applying entry 3:17 failed");
    }

    @Test
    void aFailedWriteOfTheLogStopsTheNode() {
        try (LedgerStateMachine stateMachine = stateMachine()) {
            stateMachine.notifyLogFailed(new IOException("no space left"), LogEntryProto.getDefaultInstance());
        }

        assertThat(stops).containsExactly("writing the replicated log failed");
    }

    @Test
    void theProcessEndsWithItsOwnExitCodeAndWithoutShutdownHooks() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Halting.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(70);
        assertThat(printed).contains("because of a test").doesNotContain("shutdown hook");
    }

    /** A process of its own that halts. */
    static final class Halting {
        private Halting() {}

        static void main() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("shutdown hook")));
            FailStop.HALT.now("because of a test", new IllegalStateException("nothing"));
        }
    }

    private LedgerStateMachine stateMachine() {
        var settings = new ReplicationProperties(
                data,
                Duration.ofMillis(300),
                Duration.ofMillis(600),
                Duration.ofMillis(140),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                100_000,
                DataSize.ofMegabytes(128),
                1_000_000,
                Duration.ofDays(7),
                DataSize.ofGigabytes(4),
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(16),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(64),
                null,
                true);
        return new LedgerStateMachine(
                new NodeId("store-0"),
                settings,
                InstantSource.system(),
                ReplicaObserver.NONE,
                (reason, _) -> stops.add(reason));
    }

    private static TransactionContext entry(LedgerStateMachine stateMachine, ByteString data) {
        return TransactionContext.newBuilder()
                .setServerRole(RaftPeerRole.FOLLOWER)
                .setStateMachine(stateMachine)
                .setLogEntry(LogEntryProto.newBuilder()
                        .setTerm(3)
                        .setIndex(17)
                        .setStateMachineLogEntry(
                                StateMachineLogEntryProto.newBuilder().setLogData(data))
                        .build())
                .build();
    }
}
