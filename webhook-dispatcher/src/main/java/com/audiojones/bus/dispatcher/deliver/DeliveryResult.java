package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/** What an attempt means for its pair of event and target. */
sealed interface DeliveryResult {

    /** HTTP status, null where there was no answer. */
    @Nullable
    Integer status();

    /** The beginning of the answer's body. */
    String excerpt();

    /** From the start of the request to its end, milliseconds. */
    long tookMillis();

    /** The target has it. */
    record Delivered(Integer status, String excerpt, long tookMillis) implements DeliveryResult {}

    /**
     * The target does not have it, and this pair is given up.
     *
     * @param error the class of the error
     * @param message the error in one sentence
     */
    record Failed(
            @Nullable Integer status,
            String excerpt,
            long tookMillis,
            String error,
            String message,
            DeadLetterReason reason)
            implements DeliveryResult {}
}
