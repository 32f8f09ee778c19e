package io.ringstore.sync.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** {@code /actuator/motion}: slow motion of this node; needs the cluster secret, and exists in the lab only. */
@Component
@ConditionalOnProperty(name = "ringstore.lab.enabled", havingValue = "true")
@WebEndpoint(id = "motion")
class MotionEndpoint {

    private final Motion motion;

    MotionEndpoint(Motion motion) {
        this.motion = motion;
    }

    @ReadOperation
    Motion.State state() {
        return motion.state();
    }

    /**
     * Sets what is said, and lets go what is held back if told to.
     *
     * @param step whether to let go what is held back just now
     */
    @WriteOperation
    WebEndpointResponse<Motion.State> set(@Nullable Boolean paused, @Nullable Long hopMillis, @Nullable Boolean step) {
        Motion.State now = motion.state();
        if (Boolean.TRUE.equals(step)) {
            return new WebEndpointResponse<>(motion.step());
        }
        try {
            return new WebEndpointResponse<>(motion.set(
                    paused == null ? now.paused() : paused,
                    Duration.ofMillis(hopMillis == null ? now.hopMillis() : hopMillis)));
        } catch (IllegalArgumentException senseless) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }
}
