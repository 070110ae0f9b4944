package com.audiojones.bus.trace;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The trace that the current thread works for, as the header {@code traceparent} has it. Needs {@code
 * io.opentelemetry:opentelemetry-api} on the class path; without it there is no trace. Stateless.
 */
public final class TraceContext {

    private static final boolean PRESENT = isPresent();

    private TraceContext() {}

    /** {@return the {@code traceparent} of the current span; null: there is none} */
    public static @Nullable String current() {
        return PRESENT ? OpenTelemetryContext.current() : null;
    }

    /**
     * Does work as a part of a record's trace.
     *
     * @param <T> what it comes to
     * @param traceparent the record's header; null or malformed: no trace
     * @param work what to do, on this thread
     * @return what the work returned
     * @throws Exception what the work threw
     */
    public static <T> T within(@Nullable String traceparent, Callable<T> work) throws Exception {
        return PRESENT && traceparent != null ? OpenTelemetryContext.within(traceparent, work) : work.call();
    }

    private static boolean isPresent() {
        try {
            Class.forName("io.opentelemetry.api.trace.Span", false, TraceContext.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
