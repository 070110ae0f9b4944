package com.audiojones.bus.store;

import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.status.EventStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One document to be upserted. */
public sealed interface StoreWrite {

    /**
     * A document of {@code aj_event_bus}, under the event's id. Never made of a replay.
     *
     * @param headers the lane record's headers
     * @param body the lane record's value: the delivered bytes as UTF-8 text
     */
    record EventWrite(LaneHeaders headers, String body) implements StoreWrite {}

    /**
     * A document of {@code status_webhook_deliveries}, under (event, target, replay, kind, request number).
     *
     * @param delivery what {@code webhook.deliveries} told
     */
    record DeliveryWrite(StoredDelivery delivery) implements StoreWrite {}

    /**
     * A document of {@code dead_letters}, under (event, target, replay).
     *
     * @param letter which pair was given up, why and when
     * @param body the delivered bytes as UTF-8 text
     */
    record DeadLetterWrite(StoredDeadLetter letter, String body) implements StoreWrite {}

    /**
     * A document of {@code quarantine}, under (topic, partition, offset) of the refused record.
     *
     * @param record where it came from and why it is there
     * @param keyBase64 the raw key, null where the record has none
     * @param valueBase64 the raw value, or its beginning where the record says it was longer
     * @param at when it was put into quarantine
     */
    record QuarantineWrite(
            QuarantineRecord record, @Nullable String keyBase64, String valueBase64, Instant at)
            implements StoreWrite {}

    /**
     * The counters in the document of an event, which may come before the event itself. Those of one event are written in
     * the order of {@code bus.event-status}: the last ones hold. Never those of a replay.
     *
     * @param status the record of {@code bus.event-status}
     */
    record StatusWrite(EventStatus status) implements StoreWrite {}

    /**
     * A replay in the collection {@code bus_replays}, under its id: the last one written holds.
     *
     * @param replay how far it has come
     */
    record ReplayWrite(StoredReplay replay) implements StoreWrite {}

    /**
     * A bucket of what is counted, under its key. Buckets of one key are written in the order of {@code bus.stats}: the
     * last one holds.
     *
     * @param bucket the record of {@code bus.stats}
     */
    record StatsWrite(StatsBucket bucket) implements StoreWrite {}
}
