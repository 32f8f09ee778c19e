package io.ringstore.client.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What fails outside of our handlers is a problem document, too; and a write never gets a bare 500. */
@RestController
class ContainerErrors implements ErrorController {

    private final ProblemAnswers problems;

    ContainerErrors(ProblemAnswers problems) {
        this.problems = problems;
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        boolean dispatched = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
        int status = dispatched ? (int) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : 404;
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                ? uri
                : request.getRequestURI();
        String method = request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String original
                ? original
                : request.getMethod();
        ProblemDetail problem = problem(status, method, path);
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private ProblemDetail problem(int status, String method, String path) {
        if (status == HttpStatus.REQUEST_TIMEOUT.value()) { // the web server's own answer when a body stays away
            ProblemDetail problem = problems.complete(Problems.bodyTooSlow());
            problem.setInstance(ProblemAnswers.instance(path));
            return problem;
        }
        return status < 500
                ? problems.refusal(status, null, method, path)
                : problems.complete(Problems.unexpected(!ProblemAnswers.isRead(method)));
    }
}
