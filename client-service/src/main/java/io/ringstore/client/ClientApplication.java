package io.ringstore.client;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway. */
@SpringBootApplication
public class ClientApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ClientApplication.class, arguments);
    }
}
