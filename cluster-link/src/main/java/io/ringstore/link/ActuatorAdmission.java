package io.ringstore.link;

import jakarta.servlet.http.HttpServletRequest;

/** Who may look behind a service besides the members of its cluster; a gateway lets its admins. */
@FunctionalInterface
public interface ActuatorAdmission {

    boolean admits(HttpServletRequest request);
}
