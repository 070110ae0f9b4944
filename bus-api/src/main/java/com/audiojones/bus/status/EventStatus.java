package com.audiojones.bus.status;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record on {@code bus.event-status}, JSON in snake case: how an event, or one replay of it, fares from the
 * moment at which a dispatcher has said how many targets want it. The counts are absolute, so whoever keeps them replaces, and never adds. The record's key is {@link #key}.
 *
 * @param eventId the event
 * @param replayId the replay; null: the original
 * @param dispatchedTo how many targets it goes to
 * @param deliverySuccess to how many it was delivered
 * @param deliveryFailed with how many it ended otherwise
 */
public record EventStatus(
        String eventId, @Nullable String replayId, int dispatchedTo, int deliverySuccess, int deliveryFailed) {

    /** Checks that everything that must be there is. */
    public EventStatus {
        Objects.requireNonNull(eventId, "event_id");
    }

    /**
     * {@return the key of an event's row, or of a replay's}
     *
     * @param eventId the event
     * @param replayId the replay; null: the original
     */
    public static String key(String eventId, @Nullable String replayId) {
        return replayId == null ? eventId : eventId + "/" + replayId;
    }

    /** {@return the record's value, UTF-8 JSON} */
    public byte[] toJson() {
        return RecordJson.write(this);
    }

    /**
     * {@return the record in a value}
     *
     * @param value UTF-8 JSON; unknown fields are passed over
     * @throws InvalidRecordException if it is no status record
     */
    public static EventStatus fromJson(byte @Nullable [] value) throws InvalidRecordException {
        return RecordJson.read("status record", value, EventStatus.class);
    }
}
