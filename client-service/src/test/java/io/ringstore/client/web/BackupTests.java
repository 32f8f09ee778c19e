package io.ringstore.client.web;

import static io.ringstore.client.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.client.access.Caller;
import io.ringstore.client.backup.StoreBackups;
import io.ringstore.client.fake.FakeCluster;
import io.ringstore.client.gateway.GatewayProperties;
import io.ringstore.client.web.RawHttp.Answer;
import io.ringstore.link.ClusterProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.mock.web.MockHttpServletResponse;

/** The gateway passes a backup on, from whichever store node gives one, and never an incomplete one as complete. */
@WebTest
class BackupTests {

    @Autowired
    private FakeCluster cluster;

    @Autowired
    private RawHttp http;

    @Autowired
    private StoreBackups backups;

    @Autowired
    private ClusterProperties settings;

    private static MockClientHttpResponse answer(InputStream content) {
        return FakeCluster.backupOf(content, 12);
    }

    @Test
    void aBackupComesFromTheNodeThatCanGiveOne() {
        cluster.backup(() -> answer(new ByteArrayInputStream("all there is".getBytes(StandardCharsets.US_ASCII))));

        Answer answer = http.request("GET", "/v1/admin/snapshot");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("all there is");
        assertThat(answer.header("content-length")).isEqualTo("12");
        assertThat(answer.header("content-disposition")).contains("ringstore-42.backup");
        assertThat(answer.header("ringstore-state-hash")).isEqualTo("00000000000000ff");
    }

    @Test
    void oneThatBreaksOffIsShorterThanItsLengthAndTheConnectionEnds() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the store node is gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        cluster.backup(() -> answer(
                new SequenceInputStream(new ByteArrayInputStream("all".getBytes(StandardCharsets.US_ASCII)), broken)));

        // Without "Connection: close" of ours: it is the server that ends it.
        Answer answer = http.send("GET /v1/admin/snapshot HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer.header("content-length")).isEqualTo("12");
        assertThat(answer.text()).isEqualTo("all");
    }

    @Test
    void whereNoNodeGivesOneTheAnswerIs503AndSaysWhatIsMissing() {
        assertProblem(http.request("GET", "/v1/admin/snapshot"), 503, "no-backup", "a majority of them must work");
    }

    @Test
    void nobodyAsksForTheLengthAlone() {
        assertThat(http.request("HEAD", "/v1/admin/snapshot").status()).isEqualTo(405);
    }

    @Test
    void aGatewayThatWasNotToldToGivesNone() {
        GatewayProperties standard = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("ringstore.gateway", GatewayProperties.class);
        var controller = new BackupController(backups, settings, standard);

        assertThatThrownBy(() -> controller.backup(new MockHttpServletResponse(), Caller.ANYBODY))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getStatusCode().value()).isEqualTo(403))
                .hasMessageContaining("ringstore.gateway.admin=true");
    }
}
