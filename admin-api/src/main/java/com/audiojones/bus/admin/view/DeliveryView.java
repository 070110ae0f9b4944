package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an event on its way.
 *
 * @param outcome what happened, as {@code webhook.deliveries} spells it
 * @param targetId the target; null: no target wants the event
 * @param replayId the replay; null: the original delivery
 * @param url where it was sent
 * @param requestNo how many requests the pair had had
 * @param attempt how many of them counted as attempts
 * @param status the answer's HTTP status; null: no answer
 * @param responseTimeMs how long the answer took
 * @param error the class of the failure
 * @param errorMessage one sentence about it
 * @param responseExcerpt the beginning of the answer's body
 * @param timestamp when it happened
 * @param nextAttemptAt when it will be tried again; null: it will not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DeliveryView(
        String outcome,
        @Nullable String targetId,
        @Nullable String replayId,
        @Nullable String url,
        int requestNo,
        int attempt,
        @Nullable Integer status,
        @Nullable Long responseTimeMs,
        @Nullable String error,
        @Nullable String errorMessage,
        @Nullable String responseExcerpt,
        String timestamp,
        @Nullable String nextAttemptAt) {

    /**
     * {@return the view of a delivery}
     *
     * @param delivery a delivery of the store
     */
    public static DeliveryView of(StoredDelivery delivery) {
        return new DeliveryView(
                delivery.kind().label(),
                delivery.targetId(),
                delivery.replayId(),
                delivery.url(),
                delivery.requestNo(),
                delivery.attempt(),
                delivery.status(),
                delivery.responseTimeMs(),
                delivery.error(),
                delivery.errorMessage(),
                delivery.responseExcerpt(),
                IsoMillis.format(delivery.timestamp()),
                delivery.nextAttemptAt() == null ? null : IsoMillis.format(delivery.nextAttemptAt()));
    }
}
