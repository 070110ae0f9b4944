package com.audiojones.bus.decision;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record on {@code bus.decisions}, JSON in snake case: what was decided on a range of one ingest partition.
 * Each range is written in the transaction that commits its end, so readers of committed records see every offset in one
 * range exactly; a range with many names takes several records.
 *
 * @param topic the ingest topic
 * @param partition its partition
 * @param fromOffset the first offset of the range
 * @param toOffset the offset after its last
 * @param counts how many of each kind
 */
public record DecisionRecord(String topic, int partition, long fromOffset, long toOffset, List<Count> counts) {

    /**
     * How many records were alike.
     *
     * @param minute the minute in which the broker appended them
     * @param name the event's name; null: they are no events
     * @param type the publisher's type; null: they are no events
     * @param priority the priority; null: they are no events
     * @param decision what was decided
     * @param count how many, 1 or more
     */
    public record Count(
            Instant minute,
            @Nullable String name,
            @Nullable String type,
            @Nullable Priority priority,
            Decision decision,
            long count) {

        /** Checks that everything that must be there is. */
        public Count {
            Objects.requireNonNull(minute, "minute");
            Objects.requireNonNull(decision, "decision");
        }
    }

    /** Copies the counts in. */
    public DecisionRecord {
        Objects.requireNonNull(topic, "topic");
        counts = List.copyOf(counts);
    }

    /** {@return the record's value, UTF-8 JSON} */
    public byte[] toJson() {
        return RecordJson.write(this);
    }

    /**
     * {@return the record in a value}
     *
     * @param value UTF-8 JSON; unknown fields are passed over
     * @throws InvalidRecordException if it is no decision record
     */
    public static DecisionRecord fromJson(byte @Nullable [] value) throws InvalidRecordException {
        return RecordJson.read("decision record", value, DecisionRecord.class);
    }
}
