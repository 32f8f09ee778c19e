package io.ringstore.client.web;

import io.ringstore.client.fake.FakeCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The whole service in a real web server, before a cluster that does as it is told, and is well before each test. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import(WebTest.Fakes.class)
@ExtendWith(WebTest.Healing.class)
@interface WebTest {

    @TestConfiguration(proxyBeanMethods = false)
    class Fakes {

        @Bean
        @Primary
        FakeCluster fakeCluster() {
            return new FakeCluster();
        }

        /** The port is known once somebody needs it. */
        @Bean
        @Lazy
        RawHttp rawHttp(@Value("${local.server.port}") int port) {
            return new RawHttp(port);
        }
    }

    final class Healing implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext test) {
            SpringExtension.getApplicationContext(test)
                    .getBean(FakeCluster.class)
                    .heal();
        }
    }
}
