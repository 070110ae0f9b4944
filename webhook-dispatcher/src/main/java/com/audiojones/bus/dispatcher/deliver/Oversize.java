package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.Origin;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An outcome that does not fit into its topic goes to quarantine. Pure. */
final class Oversize {

    private Oversize() {}

    /** What does not fit, with the position of the lane record that it was made of. */
    static ProducerRecord<byte[], byte[]> quarantined(ProducerRecord<byte[], byte[]> record, Exception failure) {
        Origin origin;
        try {
            origin = PairHeaders.read(record.headers()).origin();
        } catch (InvalidRecordException e) {
            origin = new Origin(record.topic(), 0, 0);
        }
        return QuarantineRecord.of(
                new ConsumerRecord<>(origin.topic(), origin.partition(), origin.offset(), record.key(), record.value()),
                LaneIntake.STAGE,
                "too large for " + record.topic() + ": " + failure.getMessage());
    }
}
