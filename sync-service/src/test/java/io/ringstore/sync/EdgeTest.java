package io.ringstore.sync;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The whole node in a real web server, its edges before a loop that answers as it is told. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "ringstore.node=sync-1",
            "ringstore.secret=" + EdgeTest.SECRET,
            "ringstore.sync-nodes=sync-0=http://localhost:1,sync-1=http://localhost:2,sync-2=http://localhost:3",
            "ringstore.store-nodes=store-0=http://localhost:4",
            "ringstore.ring.drain=100ms"
        })
@Import(EdgeTest.Fakes.class)
public @interface EdgeTest {

    String SECRET = "a-secret-for-tests-only";

    /** Takes the place of the loop for all that comes in; the real one keeps asking a store that is not there. */
    @TestConfiguration(proxyBeanMethods = false)
    class Fakes {

        @Bean
        @Primary
        FakeInbox fakeInbox() {
            return new FakeInbox();
        }
    }
}
