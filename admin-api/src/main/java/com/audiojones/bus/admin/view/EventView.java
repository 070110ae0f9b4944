package com.audiojones.bus.admin.view;

import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * An event of the store.
 *
 * @param eventId the event's id
 * @param eventType the publisher's type
 * @param payload raw JSON, as published
 * @param metadata raw JSON, as delivered
 * @param source {@code metadata.source}, null where the publisher named none
 * @param createdAt when the bus took the event in
 * @param dispatchedTo how many targets it matched; 0 until it was matched
 * @param deliverySuccess how many of them it reached
 * @param deliveryFailed how many were given up
 * @param status what that comes to: in_flight, unmatched, delivered or failed
 * @param topic the ingest topic
 * @param priority P0 to P3
 * @param lane high, standard or low
 * @param timestamp the event's own time
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EventView(
        String eventId,
        String eventType,
        @JsonRawValue String payload,
        @JsonRawValue String metadata,
        @Nullable String source,
        String createdAt,
        int dispatchedTo,
        int deliverySuccess,
        int deliveryFailed,
        String status,
        String topic,
        String priority,
        String lane,
        String timestamp) {

    /**
     * {@return the view of an event}
     *
     * @param event an event of the store
     */
    public static EventView of(StoredEvent event) {
        LaneHeaders headers = event.headers();
        BodyParts body = BodyParts.of(event.body());
        return new EventView(
                headers.eventId().value(),
                headers.eventType(),
                body.payload(),
                body.metadata(),
                body.source(),
                IsoMillis.format(headers.ingestedAt()),
                event.dispatchedTo(),
                event.deliverySuccess(),
                event.deliveryFailed(),
                event.state().label(),
                headers.topic(),
                headers.priority().name(),
                Lane.of(headers.priority()).label(),
                IsoMillis.format(headers.occurredAt()));
    }
}
