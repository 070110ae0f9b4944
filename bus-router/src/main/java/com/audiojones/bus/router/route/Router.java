package com.audiojones.bus.router.route;

import com.audiojones.bus.event.CloudEvents;
import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.DeliveryBody;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.EventName;
import com.audiojones.bus.event.IngestEvent;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.event.RawJson;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of the router in their order: decode, validate, identify, priority, expiry, sample, lane. Pure: the same
 * record, settings and time give the same decision.
 */
public final class Router {

    /** W3C trace context, version 00 form; anything else is not carried on. */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Router() {}

    /**
     * {@return what becomes of a record; never throws for anything a record of an ingest topic can contain}
     *
     * @param record the record
     * @param settings the settings in force
     * @param now the time by which it may have expired
     */
    public static RoutingDecision decide(IngestRecord record, LiveSettings settings, Instant now) {
        EventFamily family = Topics.family(record.topic())
                .orElseThrow(() ->
                        new IllegalArgumentException("topic: expected an ingest topic, got '" + record.topic() + "'"));
        if (!CloudEvents.isOne(record.headers())) {
            return decide(record, EventDecoder.decode(family, record.key(), record.value()), settings, now);
        }
        CloudEvents.Read read = CloudEvents.read(family, record.headers(), record.key(), record.value());
        return decide(record.of(read), read.decoding(), settings, now);
    }

    private static RoutingDecision decide(IngestRecord record, Decoding decoding, LiveSettings settings, Instant now) {
        return switch (decoding) {
            case Decoding.Rejected rejected -> new RoutingDecision.Invalid(rejected.reason());
            case Decoding.Accepted accepted -> decide(record, accepted.event(), settings, now);
        };
    }

    private static RoutingDecision decide(IngestRecord record, IngestEvent event, LiveSettings settings, Instant now) {
        EventId id = event.id() == null ? derivedId(record, event.family()) : event.id();
        String name = EventName.of(event.family(), record.topic(), event.type());
        Priority priority = PriorityTable.priority(event, record.topic(), name, settings);
        Instant expiresAt = expiry(record.appendTime(), settings.timeToLive(priority), event.ttl());
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return new RoutingDecision.Expired(new RoutingDecision.Passed(name, event.type(), priority));
        }
        double rate = Sampler.rate(record.topic(), name, priority, settings);
        if (!Sampler.keeps(id, rate)) {
            return new RoutingDecision.SampledOut(new RoutingDecision.Passed(name, event.type(), priority));
        }
        Instant occurredAt = event.timestamp() == null ? record.appendTime() : event.timestamp();
        LaneHeaders headers = new LaneHeaders(
                id,
                event.type(),
                name,
                record.topic(),
                priority,
                occurredAt,
                record.appendTime(),
                expiresAt,
                rate,
                traceparent(record),
                null,
                null);
        RawJson body = DeliveryBody.of(event, id, occurredAt, record.topic(), priority);
        return new RoutingDecision.Routed(record.key(), headers, body, expiresAt == null && event.ttl() != null);
    }

    private static EventId derivedId(IngestRecord record, EventFamily family) {
        byte[] value = Objects.requireNonNull(record.value(), "an accepted record has a value");
        return EventId.derived(family, record.topic(), record.partition(), record.offset(), record.appendTime(), value);
    }

    /** What has no time to live by its priority never expires; any other event by its own, else by its priority's. */
    private static @Nullable Instant expiry(Instant appendTime, @Nullable Duration byPriority, @Nullable Duration own) {
        if (byPriority == null) {
            return null;
        }
        return appendTime.plus(own == null ? byPriority : own);
    }

    private static @Nullable String traceparent(IngestRecord record) {
        String text = record.traceparent();
        return text != null && TRACEPARENT.matcher(text).matches() ? text : null;
    }
}
