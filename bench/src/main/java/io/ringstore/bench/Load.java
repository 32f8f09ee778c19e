package io.ringstore.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;

/** One measurement of one system: clients side by side, each on a virtual thread of its own, and its servers watched meanwhile. */
final class Load {

    static final String CPU = "CPU ms";
    static final String RSS = "RSS MiB";
    static final String FLUSHES = "flushes";

    /** How many writes travel together, by where they do. */
    static final Map<String, String> BATCHES = Map.of(
            "writes per call to a sync node", "ringstore_gateway_batch_size_requests",
            "writes per batch of the ring", "ringstore_ring_batch_size_requests",
            "writes per entry of the replicated log", "ringstore_store_batch_entries");

    private final Target target;
    private final int clients;
    private final Plan plan;
    private final Progress progress;
    private final Servers servers;
    private final LongAdder succeeded = new LongAdder();

    /** Is told now and then how far a measurement is. */
    interface Progress {
        void at(Target target, int clients, long seconds, long calls);
    }

    Load(Target target, int clients, Plan plan, Progress progress) {
        this.target = target;
        this.clients = clients;
        this.plan = plan;
        this.progress = progress;
        this.servers = new Servers(target);
    }

    private record Sample(Meters meters, double cpuMillis, long calls) {}

    /** Of writes and of reads, whichever there were. */
    List<Measurement> run() throws IOException, InterruptedException {
        try (Caller.Source callers = target.callers(clients, plan);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ClientLoop.Time time = since(System.nanoTime());
            List<Future<Seen>> loops = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                var loop = new ClientLoop(plan, callers, client, clients, time, succeeded);
                loops.add(threads.submit(loop::run));
            }
            watch(time, plan.warmUp().toNanos());
            Meters metersBefore = servers.meters();
            Sample before = new Sample(metersBefore, servers.cpuMillis(), succeeded.sum());
            watch(time, plan.warmUp().plus(plan.duration()).toNanos());
            long calls = succeeded.sum();
            double cpuMillis = servers.cpuMillis();
            return measurements(sum(loops), before, new Sample(servers.meters(), cpuMillis, calls));
        }
    }

    private static ClientLoop.Time since(long begin) {
        return new ClientLoop.Time() {
            @Override
            public long now() {
                return System.nanoTime() - begin;
            }

            @Override
            public void sleepUntil(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos - now());
            }
        };
    }

    private void watch(ClientLoop.Time time, long until) throws InterruptedException {
        while (time.now() < until) {
            time.sleepUntil(Math.min(until, time.now() + TimeUnit.SECONDS.toNanos(1)));
            progress.at(target, clients, TimeUnit.NANOSECONDS.toSeconds(time.now()), succeeded.sum());
        }
    }

    private static Seen sum(List<Future<Seen>> loops) throws InterruptedException {
        Seen sum = new Seen();
        for (Future<Seen> loop : loops) {
            try {
                sum.add(loop.get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("a client broke", broken.getCause());
            }
        }
        return sum;
    }

    private List<Measurement> measurements(Seen seen, Sample before, Sample after) throws IOException {
        Meters added = after.meters().minus(before.meters());
        Map<String, Double> told = serversDid(added, before, after);
        List<Measurement> measurements = new ArrayList<>();
        if (plan.readShare() < 100) {
            Map<String, Double> stages = Stages.of(seen.writeNanos.getMean() / 1e6, added);
            measurements.add(measurement("write", plan.records(), seen.writeNanos, seen, told, stages));
        }
        if (plan.readShare() > 0) {
            measurements.add(measurement("read", 1, seen.readNanos, seen, told, Map.of()));
        }
        return measurements;
    }

    private Measurement measurement(
            String work,
            int values,
            AbstractHistogram nanos,
            Seen seen,
            Map<String, Double> told,
            Map<String, Double> stages) {
        double perSecond =
                nanos.getTotalCount() * values * 1e9 / plan.duration().toNanos();
        return new Measurement(
                target.name(), work, clients, perSecond, Measurement.millis(nanos), seen.failures, told, stages);
    }

    /** Whatever is per call counts those that succeeded between the two looks at the servers, of either kind. */
    private Map<String, Double> serversDid(Meters added, Sample before, Sample after) throws IOException {
        double values = (after.calls() - before.calls()) * (double) plan.records();
        Map<String, Double> told = new LinkedHashMap<>();
        if (!target.pids().isEmpty()) {
            told.put(RSS, servers.residentMebibytes());
            if (values > 0) {
                told.put(CPU, (after.cpuMillis() - before.cpuMillis()) / values);
            }
        }
        OptionalDouble flushes = added.of(
                target.kind() == Target.Kind.ETCD
                        ? "etcd_disk_wal_fsync_duration_seconds_count"
                        : "ringstore_raft_log_flushes_total");
        if (values > 0) {
            flushes.ifPresent(count -> told.put(FLUSHES, count / values));
        }
        BATCHES.forEach(
                (name, meter) -> added.ratio(meter + "_sum", meter + "_count").ifPresent(mean -> told.put(name, mean)));
        return told;
    }
}
