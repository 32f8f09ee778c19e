package io.ringstore.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ringstore.api.WriteResult;
import io.ringstore.api.WriteResult.Status;
import io.ringstore.client.fake.Results;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the gateway's meters say of writes. */
class GatewayMetricsTests extends GatewayFixture {

    @Test
    void eachWriteIsTimedUnderItsOutcome() {
        nodeDoes(0, Results.all(Results.committed(1)));
        write("one", 1_000);
        nodeDoes(0, Results.all(WriteResult.of(Status.PRECONDITION_FAILED)));
        write("two", 1_000);

        assertThat(ended("committed")).isEqualTo(1);
        assertThat(ended("precondition-failed")).isEqualTo(1);
        assertThat(meters.get("ringstore.gateway.writes")
                        .tag("outcome", "committed")
                        .timer()
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(waiting()).isZero();
    }

    @Test
    void onlyOfCommittedWritesTheStagesAreAddedUp() {
        nodeDoes(0, Results.all(Results.committed(1)));
        write("one", 1_000);
        write("two", 1_000);
        nodeDoes(0, Results.all(WriteResult.of(Status.PRECONDITION_FAILED).withStoreMicros(70_000)));
        write("three", 1_000);

        assertThat(stage("store")).isEqualTo(0.003);
        assertThat(stage("queue")).isPositive();
    }

    @Test
    void aWriteUnderWayIsSeenWaitingAndASecondOneUnderItsIdIsCountedAsRefused() {
        CountDownLatch latch = latch();
        nodeDoes(0, Results.after(latch, Results.all(Results.committed(1))));
        WriteUnderWay first = gateway.write(order("one"), 5_000);

        assertThatThrownBy(() -> gateway.write(order("one"), 1_000)).isInstanceOf(NotAdmitted.class);
        assertThat(waiting()).isEqualTo(1);
        assertThat(meters.get("ringstore.gateway.refused")
                        .tag("reason", "being-written")
                        .counter()
                        .count())
                .isEqualTo(1);

        latch.countDown();
        first.await();
        assertThat(waiting()).isZero();
    }

    /** It takes no name of which only some meters have buckets, and then answers nothing at all. */
    @Test
    void prometheusCanCollectAllOfThem() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GatewayMetrics metrics = new GatewayMetrics(prometheus);
        metrics.sent(1);

        assertThat(prometheus.scrape())
                .contains(
                        "ringstore_gateway_writes_seconds_bucket{outcome=\"committed\",le=\"1.0\"}",
                        "ringstore_gateway_writes_seconds_count{outcome=\"unknown\"}",
                        "ringstore_gateway_refused_total{reason=\"full\"}",
                        "ringstore_gateway_stage_seconds_total{stage=\"queue\"}",
                        "ringstore_gateway_retries_total",
                        "ringstore_gateway_waiting_requests",
                        "ringstore_gateway_batch_size_requests_count");
    }

    private long ended(String outcome) {
        return meters.get("ringstore.gateway.writes")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double stage(String stage) {
        return meters.get("ringstore.gateway.stage")
                .tag("stage", stage)
                .counter()
                .count();
    }

    private double waiting() {
        return meters.get("ringstore.gateway.waiting").gauge().value();
    }
}
