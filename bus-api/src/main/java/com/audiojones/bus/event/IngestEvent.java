package com.audiojones.bus.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as its publisher wrote it: checked, nothing added. A null component was left out by the publisher. A view on the
 * record, like {@link RawJson}: its maps are in the order of the record and are not changed afterwards.
 *
 * @param family which shape of event it is
 * @param id the publisher's id
 * @param type the publisher's type, unchanged
 * @param timestamp the publisher's timestamp
 * @param priority the publisher's priority
 * @param ttl the publisher's time-to-live
 * @param severity {@code metadata.severity}, else {@code payload.severity}, of an AJ event
 * @param source {@code metadata.source}
 * @param payload {@code payload} of an AJ event, {@code data} of an audit event
 * @param metadata the members of {@code metadata}, in their order
 * @param attributes the audit fields that travel in the metadata of the delivery body: {@code actor, actorType,
 *     blueprintId}
 * @param extra fields that the contract has no place for, kept; {@code metadata} itself where an audit event's is no
 *     object
 */
public record IngestEvent(
        EventFamily family,
        @Nullable EventId id,
        String type,
        @Nullable Instant timestamp,
        @Nullable Priority priority,
        @Nullable Duration ttl,
        @Nullable String severity,
        @Nullable String source,
        RawJson payload,
        Map<String, RawJson> metadata,
        Map<String, RawJson> attributes,
        Map<String, RawJson> extra) {}
