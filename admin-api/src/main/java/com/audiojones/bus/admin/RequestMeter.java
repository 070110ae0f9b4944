package com.audiojones.bus.admin;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times every answered request, and logs it at debug level. Nothing that clients choose freely becomes a tag. */
final class RequestMeter implements RequestLogger {

    private static final Logger LOG = LoggerFactory.getLogger(RequestMeter.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final MeterRegistry meters;

    RequestMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void handle(Context ctx, Float millis) {
        String method = ctx.method().name();
        Timer.builder("bus.admin.requests")
                .description("Answered requests of the admin API")
                .tag("route", route(ctx))
                .tag("method", METHODS.contains(method) ? method : "OTHER")
                .tag("status", Integer.toString(ctx.statusCode()))
                .register(meters)
                .record(Duration.ofNanos((long) (millis * NANOS_PER_MILLI)));
        LOG.debug("{} {} answered {} in {} ms", method, ctx.path(), ctx.statusCode(), millis);
    }

    private static String route(Context ctx) {
        Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
        return matched == null ? "none" : matched.path;
    }
}
