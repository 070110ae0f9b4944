package com.audiojones.bus.admin.problem;

import com.audiojones.bus.admin.view.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers for the HTTP server where a request never gets as far as a route: as terse as any other problem. */
public final class JettyProblems extends ErrorHandler {

    /** Answers. */
    public JettyProblems() {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.write(true, fill(response.getStatus(), response.getHeaders()), callback);
        return true;
    }

    /**
     * Answers after the virtual machine itself failed under a request.
     *
     * @param response the response, not begun
     * @param error what happened
     */
    public static void answer(HttpServletResponse response, Error error) {
        Problem problem = ErrorMapper.unexpected(error);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        try {
            response.getOutputStream().write(Json.bytes(problem));
        } catch (IOException | IllegalStateException e) {
            error.addSuppressed(e);
        }
    }

    private static ByteBuffer fill(int status, HttpFields.Mutable headers) {
        byte[] body = Json.bytes(Problem.of(status, sentence(status)));
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, Integer.toString(body.length));
        Json.SECURITY_HEADERS.forEach(headers::put);
        return ByteBuffer.wrap(body);
    }

    private static String sentence(int status) {
        return switch (status) {
            case 503 -> "server: expected to be running, got a request while it stops";
            case 431 -> "headers: expected less than 8 KiB, got more";
            case 414 -> "path: expected less than 8 KiB, got more";
            default -> "request: expected one that follows HTTP, got one that does not";
        };
    }
}
