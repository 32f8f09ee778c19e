package io.ringstore.client.web;

import io.ringstore.client.lab.Lab;
import io.ringstore.client.lab.Run;
import io.ringstore.client.lab.Scenario;
import io.ringstore.client.lab.SlowMotion;
import io.ringstore.client.lab.WorkloadPlan;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Workloads, scenarios and slow motion on the real cluster; there is no such path outside of the lab.
 *
 * <p>What changes anything takes JSON only, which a page of another site cannot send.
 */
@RestController
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
class LabController {

    private final Lab lab;
    private final SlowMotion motion;
    private final LabBodies bodies;

    LabController(Lab lab, SlowMotion motion, LabBodies bodies) {
        this.lab = lab;
        this.motion = motion;
        this.bodies = bodies;
    }

    /** What can be done here, and what was; the newest run first. */
    record LabView(List<ScenarioView> scenarios, List<Run.View> runs) {}

    /** @param what will happen */
    record ScenarioView(String name, String title, String what) {}

    @GetMapping("/v1/lab")
    ResponseEntity<LabView> lab() {
        List<ScenarioView> scenarios = Arrays.stream(Scenario.values())
                .map(one -> new ScenarioView(one.word(), one.title(), one.what()))
                .toList();
        return fresh(new LabView(scenarios, lab.runs().stream().map(Run::view).toList()));
    }

    @PostMapping(path = "/v1/lab/workloads", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Run.View> workload(HttpServletRequest request) throws IOException {
        WorkloadPlan plan = bodies.workload(request);
        return started(() -> lab.start(plan));
    }

    @PostMapping(path = "/v1/lab/scenarios/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Run.View> scenario(@PathVariable String name, HttpServletRequest request) throws IOException {
        bodies.nothing(request);
        Scenario scenario = Scenario.named(name).orElseThrow(() -> Problems.noSuchScenario(name));
        return started(() -> lab.start(scenario));
    }

    private static ResponseEntity<Run.View> started(Supplier<Run> start) {
        try {
            Run run = start.get();
            return ResponseEntity.accepted()
                    .location(URI.create("/v1/lab/runs/" + run.id()))
                    .body(run.view());
        } catch (Lab.Busy busy) {
            throw Problems.labIsBusy(String.valueOf(busy.getMessage()));
        }
    }

    @GetMapping("/v1/lab/runs/{id}")
    ResponseEntity<Run.View> run(@PathVariable String id) {
        return fresh(find(id).view());
    }

    /** Ends a run early; what it has done is judged all the same. */
    @DeleteMapping("/v1/lab/runs/{id}")
    ResponseEntity<Run.View> cancel(@PathVariable String id) {
        Run run = find(id);
        run.cancel();
        return ResponseEntity.accepted().body(run.view());
    }

    private Run find(String id) {
        return lab.find(id).orElseThrow(() -> Problems.noSuchRun(id));
    }

    @GetMapping("/v1/lab/motion")
    ResponseEntity<SlowMotion.View> motion() {
        return fresh(motion.view());
    }

    @PutMapping(path = "/v1/lab/motion", consumes = MediaType.APPLICATION_JSON_VALUE)
    SlowMotion.View setMotion(HttpServletRequest request) throws IOException {
        LabBodies.Speed speed = bodies.speed(request);
        return motion.set(speed.paused(), speed.hopMillis());
    }

    @PostMapping(path = "/v1/lab/motion/steps", consumes = MediaType.APPLICATION_JSON_VALUE)
    SlowMotion.View step(HttpServletRequest request) throws IOException {
        return motion.step(bodies.hops(request));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
