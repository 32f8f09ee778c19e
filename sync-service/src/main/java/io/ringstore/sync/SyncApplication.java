package io.ringstore.sync;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** One node of the ring. */
@SpringBootApplication
public class SyncApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(SyncApplication.class, arguments);
    }
}
