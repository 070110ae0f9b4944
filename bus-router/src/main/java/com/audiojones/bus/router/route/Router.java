package com.audiojones.bus.router.route;

import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.DeliveryBody;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.EventName;
import com.audiojones.bus.event.IngestEvent;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.event.RawJson;
import com.audiojones.bus.event.TimeToLive;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The decisions of the router in their order: decode, validate, identify, priority, expiry, lane. Stateless. */
public final class Router {

    /** W3C trace context, version 00 form; anything else is not carried on. */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Router() {}

    /** Decides; never throws for anything a record of an ingest topic can contain. */
    public static RoutingDecision decide(IngestRecord record) {
        EventFamily family = Topics.family(record.topic())
                .orElseThrow(() ->
                        new IllegalArgumentException("topic: expected an ingest topic, got '" + record.topic() + "'"));
        return switch (EventDecoder.decode(family, record.key(), record.value())) {
            case Decoding.Rejected rejected -> new RoutingDecision.Invalid(rejected.reason());
            case Decoding.Accepted accepted -> routed(record, accepted.event());
        };
    }

    private static RoutingDecision routed(IngestRecord record, IngestEvent event) {
        EventId id = event.id() == null ? derivedId(record, event.family()) : event.id();
        Instant occurredAt = event.timestamp() == null ? record.appendTime() : event.timestamp();
        Priority priority = PriorityTable.priority(event, record.topic());
        LaneHeaders headers = new LaneHeaders(
                id,
                event.type(),
                EventName.of(event.family(), record.topic(), event.type()),
                record.topic(),
                priority,
                occurredAt,
                record.appendTime(),
                expiry(record.appendTime(), priority, event.ttl()),
                1.0,
                traceparent(record),
                null,
                null);
        RawJson body = DeliveryBody.of(event, id, occurredAt, record.topic(), priority);
        return new RoutingDecision.Routed(headers, body);
    }

    private static EventId derivedId(IngestRecord record, EventFamily family) {
        byte[] value = Objects.requireNonNull(record.value(), "an accepted record has a value");
        return EventId.derived(family, record.topic(), record.partition(), record.offset(), record.appendTime(), value);
    }

    /** P0 never expires; any other event by its own time to live, else by its priority's. */
    private static @Nullable Instant expiry(Instant appendTime, Priority priority, @Nullable Duration own) {
        Duration byPriority = TimeToLive.of(priority);
        if (byPriority == null) {
            return null;
        }
        return appendTime.plus(own == null ? byPriority : own);
    }

    private static @Nullable String traceparent(IngestRecord record) {
        byte[] header = record.header("traceparent");
        if (header == null) {
            return null;
        }
        String text = new String(header, StandardCharsets.US_ASCII);
        return TRACEPARENT.matcher(text).matches() ? text : null;
    }
}
