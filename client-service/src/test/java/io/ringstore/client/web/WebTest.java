package io.ringstore.client.web;

import io.ringstore.client.fake.FakeCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;

/** The whole service in a real web server, before a cluster that does as it is told. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import(WebTest.Fakes.class)
@interface WebTest {

    @TestConfiguration(proxyBeanMethods = false)
    class Fakes {

        @Bean
        @Primary
        FakeCluster fakeCluster() {
            return new FakeCluster();
        }
    }
}
