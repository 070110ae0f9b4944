package com.audiojones.bus.store;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an event on its way to a target, as {@code webhook.deliveries} told it.
 *
 * @param eventId the event
 * @param kind what happened
 * @param targetId the target; null: none wants the event
 * @param replayId the replay; null: the original delivery
 * @param url where it was sent; null: nowhere
 * @param requestNo how many requests the pair had had
 * @param attempt how many of them counted as attempts
 * @param matched how many targets want the event
 * @param status the answer's HTTP status; null: no answer
 * @param responseTimeMs how long the answer took, milliseconds; null: no answer
 * @param error the class of the failure; null: none
 * @param errorMessage one sentence about it; null: none
 * @param responseExcerpt the beginning of the answer's body; null: no answer
 * @param timestamp when it happened
 * @param nextAttemptAt when it will be tried again; null: it will not
 */
public record StoredDelivery(
        String eventId,
        DeliveryKind kind,
        @Nullable String targetId,
        @Nullable String replayId,
        @Nullable String url,
        int requestNo,
        int attempt,
        int matched,
        @Nullable Integer status,
        @Nullable Long responseTimeMs,
        @Nullable String error,
        @Nullable String errorMessage,
        @Nullable String responseExcerpt,
        Instant timestamp,
        @Nullable Instant nextAttemptAt) {

    /**
     * {@return what a store keeps of a record of {@code webhook.deliveries}}
     *
     * @param record the record
     */
    public static StoredDelivery of(DeliveryRecord record) {
        return new StoredDelivery(
                record.eventId(),
                record.kind(),
                record.targetId(),
                record.replayId(),
                record.url(),
                record.requestNo(),
                record.attempt(),
                record.matched(),
                record.status(),
                record.responseTimeMs(),
                record.error(),
                record.errorMessage(),
                record.responseExcerpt(),
                record.timestamp(),
                record.nextAttemptAt());
    }
}
