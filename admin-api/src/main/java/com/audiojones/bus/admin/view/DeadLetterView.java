package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event that was given up for a target.
 *
 * @param eventId the event
 * @param eventType its type
 * @param targetId the target
 * @param replayId the replay that was given up; null: the original delivery
 * @param url where it was sent
 * @param reason why it was given up
 * @param lastError one sentence about the last failure
 * @param lastStatus the HTTP status of the last answer; null: there was none
 * @param attempts how many attempts there were
 * @param timestamp when it was given up
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DeadLetterView(
        String eventId,
        String eventType,
        String targetId,
        @Nullable String replayId,
        String url,
        String reason,
        String lastError,
        @Nullable Integer lastStatus,
        int attempts,
        String timestamp) {

    /**
     * {@return the view of a dead letter}
     *
     * @param letter a dead letter of the store
     */
    public static DeadLetterView of(StoredDeadLetter letter) {
        return new DeadLetterView(
                letter.eventId(),
                letter.eventType(),
                letter.targetId(),
                letter.replayId(),
                letter.url(),
                letter.reason().name().toLowerCase(Locale.ROOT),
                letter.lastError(),
                letter.lastStatus(),
                letter.attempts(),
                IsoMillis.format(letter.timestamp()));
    }
}
