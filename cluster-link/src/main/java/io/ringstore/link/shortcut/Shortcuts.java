package io.ringstore.link.shortcut;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** Makes shortcuts past MVC to methods of controllers. */
public final class Shortcuts {

    private final JsonMapper json;
    private final Supplier<HandlerExceptionResolver> problems;

    /**
     * Used by every service.
     *
     * @param problems what MVC does with exceptions
     */
    public Shortcuts(JsonMapper json, Supplier<HandlerExceptionResolver> problems) {
        this.json = json;
        this.problems = problems;
    }

    /** A method of a controller. */
    @FunctionalInterface
    public interface Call<Q, A> {

        ResponseEntity<A> answer(Q question, HttpServletRequest request);
    }

    /** For a path whose bodies are JSON both ways. */
    public <Q, A> ServletRegistrationBean<HttpServlet> json(
            String path, Class<Q> question, Class<A> answer, Call<Q, A> call) {
        return to(path, BodyForm.<Q>json(json, question), BodyForm.<A>json(json, answer), call);
    }

    /** For a path with these kinds of bodies. */
    public <Q, A> ServletRegistrationBean<HttpServlet> to(
            String path, BodyForm<Q> questions, BodyForm<A> answers, Call<Q, A> call) {
        var registration =
                new ServletRegistrationBean<HttpServlet>(new Shortcut<>(questions, answers, call, problems), path);
        registration.setName("shortcut " + path);
        return registration;
    }
}
