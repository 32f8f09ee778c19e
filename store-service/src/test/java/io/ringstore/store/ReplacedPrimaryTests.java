package io.ringstore.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringstore.api.KeyRead;
import io.ringstore.api.RecordMessage;
import io.ringstore.api.StoreStatus;
import io.ringstore.link.failpoint.Failpoint;
import io.ringstore.link.failpoint.Failpoints;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.HttpServerErrorException.ServiceUnavailable;
import org.springframework.web.client.RestClientException;

/** A primary that does not know that it was replaced (S7): its clock and its connections tell it nothing. */
class ReplacedPrimaryTests {

    /** After so long it would notice by itself, but no test waits for it. */
    private static final String FOR_LONG = "ringstore.store.election-max=5m";

    @TempDir
    private Path disks;

    private volatile boolean cut;

    @Test
    void itDoesNotAnswerFromThePast() throws Exception {
        try (StoreCluster cluster = new StoreCluster(disks)) {
            cluster.startAll();
            RingOfOne ring = RingOfOne.open(cluster);
            cluster.stop(0);
            cluster.start(0, this::mayBeCutOff);
            Awaitility.await("store-0 leads").atMost(StoreCluster.PATIENCE).until(() -> cluster.awaitPrimary() == 0);
            ring.write(0, "k", "before");
            assertThat(read(cluster, 0, "linearizable"))
                    .as("confirmed for the revision that it still has later")
                    .isEqualTo("before");

            cut = true;
            ring.write(1, "k", "meanwhile");

            assertThat(cluster.status(0).map(StoreStatus::role)).hasValue("PRIMARY");
            assertThatThrownBy(() -> read(cluster, 0, "linearizable")).isInstanceOf(ServiceUnavailable.class);
            assertThat(read(cluster, 0, "local")).isEqualTo("before");
            assertThat(read(cluster, 1, "linearizable")).isEqualTo("meanwhile");

            cut = false;
            Awaitility.await("it is told")
                    .atMost(StoreCluster.PATIENCE)
                    .ignoreExceptionsInstanceOf(RestClientException.class)
                    .until(() -> read(cluster, 0, "linearizable").equals("meanwhile"));
            ring.requireKeptEverywhere();
        }
    }

    private static String read(StoreCluster cluster, int index, String consistency) {
        KeyRead read = cluster.store(index).read("k", consistency, null, null);
        RecordMessage record = Objects.requireNonNull(read.record());
        return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
    }

    /** Clients reach it all the same. */
    private void mayBeCutOff(GenericApplicationContext context) {
        TestPropertyValues.of(FOR_LONG).applyTo(context);
        context.registerBean(Failpoints.class, Sending::new, definition -> definition.setPrimary(true));
        context.registerBean("receiving", Filter.class, () -> (request, response, chain) -> {
            if (cut && ((HttpServletRequest) request).getRequestURI().startsWith("/replication/")) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            } else {
                chain.doFilter(request, response);
            }
        });
    }

    private final class Sending implements Failpoints {

        @Override
        public boolean drops(Failpoint point) {
            return cut && point == Failpoint.MUTE;
        }

        @Override
        public boolean isArmed(Failpoint point) {
            return false;
        }
    }
}
