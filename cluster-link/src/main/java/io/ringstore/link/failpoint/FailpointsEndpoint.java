package io.ringstore.link.failpoint;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/**
 * {@code /actuator/failpoints}: shows, arms and disarms the failpoints of this node; needs the cluster secret.
 *
 * <p>{@code POST /actuator/failpoints/NAME {"action":"halt","count":1,"probability":1.0,"millis":1000}}; all but the
 * action may be left out.
 */
@Endpoint(id = "failpoints")
class FailpointsEndpoint {

    private static final MimeType PROBLEM = MimeType.valueOf("application/problem+json");

    private final FailpointSwitches switches;

    FailpointsEndpoint(FailpointSwitches switches) {
        this.switches = switches;
    }

    @ReadOperation
    List<FailpointSwitches.State> all() {
        return switches.states();
    }

    @WriteOperation
    WebEndpointResponse<Object> arm(
            @Selector String name,
            Fault.Action action,
            @Nullable Integer count,
            @Nullable Double probability,
            @Nullable Long millis) {
        return at(name, point -> switches.arm(point, Fault.of(action, count, probability, millis)));
    }

    @DeleteOperation
    WebEndpointResponse<Object> disarm(@Selector String name) {
        return at(name, switches::disarm);
    }

    private WebEndpointResponse<Object> at(String name, Function<Failpoint, FailpointSwitches.State> change) {
        Failpoint point = Failpoint.named(name, switches.service()).orElse(null);
        if (point == null) {
            List<String> known = Failpoint.in(switches.service()).stream()
                    .map(Failpoint::word)
                    .toList();
            return refused(404, "no-such-failpoint", "No such failpoint", name + " is none of " + known);
        }
        try {
            return new WebEndpointResponse<>(change.apply(point));
        } catch (IllegalArgumentException senseless) {
            return refused(400, "malformed", "Malformed", String.valueOf(senseless.getMessage()));
        }
    }

    private static WebEndpointResponse<Object> refused(int status, String type, String title, String detail) {
        Object problem = Map.of(
                "type", "https://ringstore.io/problems/" + type, "title", title, "status", status, "detail", detail);
        return new WebEndpointResponse<>(problem, status, PROBLEM);
    }
}
