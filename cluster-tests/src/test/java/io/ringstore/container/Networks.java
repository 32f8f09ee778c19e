package io.ringstore.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests that filter a container's packets from outside, which only root on the engine's own Linux machine can. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.ringstore.container.Networks$Access#isGiven",
        disabledReason = "needs root, nsenter and iptables on the machine of the container engine")
@interface Networks {

    /** In CI they are never left out. */
    final class Access {

        private Access() {}

        static boolean isGiven() {
            return System.getenv("CI") != null
                    || ("root".equals(System.getProperty("user.name"))
                            && "Linux".equals(System.getProperty("os.name")));
        }
    }
}
