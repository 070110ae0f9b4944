package com.audiojones.bus.admin.problem;

import com.audiojones.bus.admin.view.Json;
import com.audiojones.bus.live.InvalidSettingException;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.UnsupportedFilterException;
import com.audiojones.bus.target.InvalidTargetException;
import io.javalin.http.Context;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes a status. Stateless. */
public final class ErrorMapper implements ExceptionHandler<Exception> {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    /** Maps. */
    public ErrorMapper() {}

    @Override
    public void handle(Exception exception, Context ctx) {
        Problem problem = problem(exception, ctx);
        if (problem.status() == 503) {
            ctx.header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        ctx.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(Json.bytes(problem));
    }

    private static Problem problem(Exception exception, Context ctx) {
        return switch (exception) {
            case RefusedException refused -> Problem.of(status(refused.reason()), refused.sentence());
            case InvalidTargetException invalid -> Problem.of(400, invalid.reason());
            case InvalidSettingException invalid -> Problem.of(400, invalid.reason());
            case InvalidCursorException invalid -> Problem.of(400, String.valueOf(invalid.getMessage()));
            case UnsupportedFilterException other -> Problem.of(400, String.valueOf(other.getMessage()));
            case StoreUnavailableException away -> unavailable("store", away);
            case KafkaException away -> unavailable("Kafka", away);
            case InterruptedException stopping -> interrupted();
            case HttpResponseException javalin -> byJavalin(javalin, ctx);
            default -> unexpected(exception);
        };
    }

    private static int status(RefusedException.Reason reason) {
        return switch (reason) {
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case MISDIRECTED -> 421;
            case THROTTLED -> 429;
            case INVALID -> 400;
            case UNKNOWN -> 404;
            case NOT_JSON -> 415;
            case TOO_LARGE -> 413;
        };
    }

    private static Problem unavailable(String what, Exception cause) {
        LOG.warn("{} did not answer: {}", what, cause.toString());
        return Problem.of(503, what + ": expected an answer in time, got none; try again later");
    }

    private static Problem interrupted() {
        Thread.currentThread().interrupt();
        return Problem.of(503, "server: expected to finish the request, got stopped; try again later");
    }

    private static Problem byJavalin(HttpResponseException refusal, Context ctx) {
        return switch (refusal.getStatus()) {
            case 404 -> Problem.of(404, "path: expected one of this API, got " + ctx.path());
            case 405 -> otherMethod(String.join(", ", refusal.getDetails().values()), ctx);
            default -> Problem.of(refusal.getStatus(), "request: expected another, got " + refusal.getMessage());
        };
    }

    private static Problem otherMethod(String allowed, Context ctx) {
        ctx.header(Header.ALLOW, allowed);
        return Problem.of(405, "method: expected " + allowed + " for this path, got " + ctx.method());
    }

    /**
     * Logs what nobody foresaw and makes a problem that tells only where to look it up.
     *
     * @param cause what happened
     * @return the problem
     */
    static Problem unexpected(Throwable cause) {
        String id = "err_" + UUID.randomUUID().toString().substring(0, 8);
        LOG.error("{}: a request failed for a reason of our own", id, cause);
        return Problem.of(
                500, "server: expected to answer, but failed for a reason of its own; its log says more at " + id);
    }
}
