package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.http.HttpError;
import com.audiojones.bus.dispatcher.http.Timing;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request means for its pair of event and target. */
sealed interface DeliveryResult {

    /** HTTP status, null where there was no answer. */
    @Nullable
    Integer status();

    /** The beginning of the answer's body. */
    String excerpt();

    Timing timing();

    /** Whether the receiver wants nothing any more. */
    boolean disablesTarget();

    /** The target has it. */
    record Delivered(Integer status, String excerpt, Timing timing, boolean disablesTarget) implements DeliveryResult {}

    /**
     * The target does not have it.
     *
     * @param error the class of the error
     * @param message the error in one sentence
     * @param then what the failure leads to
     * @param retryAfter the break the receiver asked for; zero: none
     */
    record Failed(
            @Nullable Integer status,
            String excerpt,
            Timing timing,
            String error,
            String message,
            Then then,
            Duration retryAfter)
            implements DeliveryResult {

        private static final Set<Integer> REFUSING_EVERYTHING =
                Set.of(401, 402, 403, 404, 405, 407, 408, 421, 425, 429);

        @Override
        public boolean disablesTarget() {
            return then == Then.DISABLE;
        }

        /**
         * Whether the target is well and just does not want this event: it counts as an attempt, and not against the
         * target. Who has no access, does not know the path or has too much to do refuses everything.
         */
        boolean isRefusal() {
            return then == Then.ABORT
                    || (then == Then.RETRY
                            && status != null
                            && status / 100 == 4
                            && !REFUSING_EVERYTHING.contains(status));
        }

        /** Whether no request went out, for a reason on this side. */
        boolean isOurs() {
            return then == Then.BLOCKED
                    || error.equals(HttpError.NO_SECRET.label())
                    || error.equals(HttpError.STOPPED.label());
        }

        /** Whether it is a sign that the target has too much to do. */
        boolean isOverload() {
            return error.equals(HttpError.TIMEOUT.label()) || (status != null && ResponseRules.mayAskForABreak(status));
        }
    }

    /** What a failure leads to. */
    enum Then {
        /** Another attempt, where one is left. */
        RETRY,
        /** The end for this event. */
        ABORT,
        /** The end for this event, since the address may not be dialled. */
        BLOCKED,
        /** The end for the target. */
        DISABLE
    }
}
