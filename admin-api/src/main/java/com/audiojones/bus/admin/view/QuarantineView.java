package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used.
 *
 * @param topic the topic it was read from
 * @param partition the partition
 * @param offset the offset
 * @param stage which role refused it
 * @param reason one sentence: field, expectation, actual value
 * @param timestamp when it was put into quarantine
 * @param appendedAt when the broker appended it to its topic
 * @param keyBase64 the raw key; null: it has none
 * @param valueBase64 the raw value, or its first 64 KiB
 * @param valueBytes how long the value was
 * @param valueSha256 its SHA-256 as hex
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record QuarantineView(
        String topic,
        int partition,
        long offset,
        String stage,
        String reason,
        String timestamp,
        String appendedAt,
        @Nullable String keyBase64,
        String valueBase64,
        int valueBytes,
        String valueSha256) {

    /**
     * {@return the view of a record in quarantine}
     *
     * @param quarantined the record as the store has it
     */
    public static QuarantineView of(QuarantineWrite quarantined) {
        return new QuarantineView(
                quarantined.record().topic(),
                quarantined.record().partition(),
                quarantined.record().offset(),
                quarantined.record().stage(),
                quarantined.record().reason(),
                IsoMillis.format(quarantined.at()),
                IsoMillis.format(Instant.ofEpochMilli(quarantined.record().timestampMillis())),
                quarantined.keyBase64(),
                quarantined.valueBase64(),
                quarantined.record().valueBytes(),
                quarantined.record().valueSha256());
    }
}
