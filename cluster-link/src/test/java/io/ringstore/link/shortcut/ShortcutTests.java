package io.ringstore.link.shortcut;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A shortcut is seen in nothing but its cost. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "ringstore.node=sync-0",
            "ringstore.secret=" + ShortcutTests.SECRET,
            "ringstore.sync-nodes=sync-0=http://localhost:1",
            "ringstore.store-nodes=store-0=http://localhost:2",
            "spring.mvc.problemdetails.enabled=true"
        })
class ShortcutTests {

    static final String SECRET = "a-secret-for-tests-only";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Doubler doubler;

    record Question(int number) {}

    record Answer(int number) {}

    @RestController
    static class Doubler {

        private int shortened;

        @PostMapping("/ring/double")
        ResponseEntity<Answer> answer(@RequestBody Question question) {
            if (question.number() < 0) {
                throw new IllegalArgumentException("only what is positive is doubled");
            }
            return ResponseEntity.status(HttpStatus.ACCEPTED).body(new Answer(2 * question.number()));
        }
    }

    @RestControllerAdvice
    static class Advice {

        @ExceptionHandler
        ProblemDetail refused(IllegalArgumentException e) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Doubler doubler() {
            return new Doubler();
        }

        @Bean
        Advice advice() {
            return new Advice();
        }

        @Bean
        ServletRegistrationBean<HttpServlet> doubling(Shortcuts shortcuts, Doubler doubler) {
            return shortcuts.json("/ring/double", Question.class, Answer.class, (question, _) -> {
                doubler.shortened++;
                return doubler.answer(question);
            });
        }
    }

    @BeforeEach
    void reset() {
        doubler.shortened = 0;
    }

    @Test
    void theControllersAnswerComesBackWithItsStatus() throws Exception {
        HttpResponse<String> answer = post("application/json", "{\"number\":21}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"number\":42}");
        assertThat(doubler.shortened).isOne();
    }

    @Test
    void anotherContentTypeGoesToMvc() throws Exception {
        HttpResponse<String> answer = post("application/json;charset=UTF-8", "{\"number\":21}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"number\":42}");
        assertThat(doubler.shortened).isZero();
    }

    @Test
    void anExceptionIsAnsweredByTheAdviceOfTheControllers() throws Exception {
        HttpResponse<String> answer = post("application/json", "{\"number\":-1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("only what is positive is doubled");
        assertThat(doubler.shortened).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"number\":\"many\"}"})
    void whatIsNoBodyOfThisKindIs400AndNotSeenByTheController(String body) throws Exception {
        HttpResponse<String> answer = post("application/json", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(doubler.shortened).isZero();
    }

    @Test
    void withoutTheSecretThereIsNoWayIn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/ring/double"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"number\":21}"))
                .build();

        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        assertThat(doubler.shortened).isZero();
    }

    private HttpResponse<String> post(String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/ring/double"))
                .header("Ringstore-Secret", SECRET)
                .header("Content-Type", type)
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
