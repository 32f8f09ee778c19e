package io.ringstore.link.shortcut;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Calls one method of a controller with the body of a {@code POST}, without MVC, which would cost more than the call.
 *
 * <p>Whatever is not as usual goes the long way: another content type to the controller, an exception to its advice.
 */
final class Shortcut<Q, A> extends HttpServlet {

    private static final String MVC = "dispatcherServlet";

    private final transient BodyForm<Q> questions;
    private final transient BodyForm<A> answers;
    private final transient Shortcuts.Call<Q, A> call;
    private final transient Supplier<HandlerExceptionResolver> problems;

    /**
     * Leads to one method.
     *
     * @param problems asked for when the first call fails; MVC does not exist yet when servlets are made
     */
    Shortcut(
            BodyForm<Q> questions,
            BodyForm<A> answers,
            Shortcuts.Call<Q, A> call,
            Supplier<HandlerExceptionResolver> problems) {
        this.questions = questions;
        this.answers = answers;
        this.call = call;
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getMethod().equals("POST")
                && questions.mediaType().equals(request.getContentType())
                && accepts(request.getHeader("Accept"))) {
            answer(request, response);
        } else {
            getServletContext().getNamedDispatcher(MVC).forward(request, response);
        }
    }

    private boolean accepts(@Nullable String types) {
        return types == null || types.contains(answers.mediaType()) || types.contains("*/*");
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            ResponseEntity<A> answer = call.answer(read(request), request);
            response.setStatus(answer.getStatusCode().value());
            A body = answer.getBody();
            if (body != null) {
                byte[] bytes = answers.write(body);
                response.setContentType(answers.mediaType());
                response.setContentLength(bytes.length);
                response.getOutputStream().write(bytes);
            }
        } catch (RuntimeException failed) {
            if (problems.get().resolveException(request, response, null, failed) == null) {
                throw failed;
            }
        }
    }

    private Q read(HttpServletRequest request) {
        try {
            Q question = questions.read(request.getInputStream());
            if (question != null) {
                return question;
            }
        } catch (IOException | IllegalArgumentException malformed) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "not a body of this kind", malformed);
        }
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "null is no body of this kind");
    }
}
