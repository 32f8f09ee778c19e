package io.ringstore.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Whatever is mapped at this node, now or later, is for those who know the cluster's secret, but for what is named here. */
@EdgeTest
class GuardedEdgeTests {

    private static final Set<String> OPEN = Set.of(
            "/actuator/health",
            "/actuator/health/**",
            "/actuator/info",
            "/actuator/prometheus",
            "${server.error.path:${error.path:/error}}",
            "/error");

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    private final Set<String> paths = new TreeSet<>();

    @BeforeEach
    void collect() {
        context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .map(info -> info.getPatternValues())
                .forEach(paths::addAll);
        for (String name : context.getBeanNamesForType(ServletRegistrationBean.class)) {
            ServletRegistrationBean<?> servlet = context.getBean(name, ServletRegistrationBean.class);
            paths.addAll(servlet.getUrlMappings());
        }
        paths.removeAll(OPEN);
        paths.remove("/");
    }

    private int status(String path, String secret, String method) {
        Http http = new Http(port, secret);
        return (method.equals("GET") ? http.get(path) : http.post(path, "{}")).statusCode();
    }

    @Test
    void nothingThatIsMappedIsReachedWithoutTheSecret() {
        assertThat(paths).contains("/ring/token", "/sync/writes", "/actuator/metrics", "/actuator/sbom");
        for (String mapped : paths) {
            String path = mapped.replaceAll("\\{[^}]*}|\\*\\*?", "x");
            for (String wrong : new String[] {"", "a guess of 16 and more", EdgeTest.SECRET + "x"}) {
                assertThat(status(path, wrong, "GET")).as("GET " + path).isEqualTo(401);
                assertThat(status(path, wrong, "POST")).as("POST " + path).isEqualTo(401);
            }
        }
    }

    @Test
    void whatIsMappedIsReachedWithIt() {
        assertThat(status("/actuator/metrics", EdgeTest.SECRET, "GET")).isEqualTo(200);
        assertThat(status("/sync/state", EdgeTest.SECRET, "GET")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/info", "/actuator/prometheus"})
    void whatProbesAndMonitoringAskIsOpen(String path) {
        assertThat(status(path, "", "GET")).isNotEqualTo(401); // tests export nothing to Prometheus
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/../metrics",
                "/actuator/%6detrics",
                "/actuator/metrics;/actuator/health",
                "/ring;x/token",
                "/x/../ring/token",
                "/%72ing/token"
            })
    void anotherSpellingOpensNothing(String path) {
        assertThat(status(path, "", "GET")).isIn(400, 401, 404);
    }
}
