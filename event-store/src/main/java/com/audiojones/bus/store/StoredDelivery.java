package com.audiojones.bus.store;

import com.audiojones.bus.delivery.DeliveryKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an event on its way to a target, as {@code webhook.deliveries} told it.
 *
 * @param kind what happened
 * @param targetId the target; null: none wants the event
 * @param replayId the replay; null: the original delivery
 * @param url where it was sent; null: nowhere
 * @param requestNo how many requests the pair had had
 * @param attempt how many of them counted as attempts
 * @param status the answer's HTTP status; null: no answer
 * @param responseTimeMs how long the answer took, milliseconds; null: no answer
 * @param error the class of the failure; null: none
 * @param errorMessage one sentence about it; null: none
 * @param responseExcerpt the beginning of the answer's body; null: no answer
 * @param timestamp when it happened
 * @param nextAttemptAt when it will be tried again; null: it will not
 */
public record StoredDelivery(
        DeliveryKind kind,
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
        Instant timestamp,
        @Nullable Instant nextAttemptAt) {}
