package com.audiojones.bus.store;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.lane.LaneHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was given up for a target.
 *
 * @param eventId the event
 * @param targetId the target
 * @param replayId the replay that was given up; null: the original delivery
 * @param eventType the event's type
 * @param url where it was sent
 * @param reason why it was given up
 * @param lastError one sentence about the last failure
 * @param lastStatus the HTTP status of the last answer; null: there was none
 * @param attempts how many attempts there were
 * @param timestamp when it was given up
 */
public record StoredDeadLetter(
        String eventId,
        String targetId,
        @Nullable String replayId,
        String eventType,
        String url,
        DeadLetterReason reason,
        String lastError,
        @Nullable Integer lastStatus,
        int attempts,
        Instant timestamp) {

    /**
     * {@return what a store keeps of the headers of a dead letter}
     *
     * @param event the event's
     * @param letter why and when the pair was given up
     */
    public static StoredDeadLetter of(LaneHeaders event, DeadLetterHeaders letter) {
        return new StoredDeadLetter(
                event.eventId().value(),
                letter.targetId(),
                event.replayId(),
                event.eventType(),
                letter.url(),
                letter.reason(),
                letter.lastError(),
                letter.lastStatus(),
                letter.attempts(),
                letter.failedAt());
    }
}
