package com.audiojones.bus.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.Golden;
import com.audiojones.bus.kafka.InvalidRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuarantineRecordTest {

    @Test
    void headersAreWrittenAsAgreedAndTheBytesKept() {
        ProducerRecord<byte[], byte[]> record =
                QuarantineRecord.of(refused("not json".getBytes(StandardCharsets.UTF_8)), "router", "value: no JSON");

        Golden.assertSame("quarantine.headers", Golden.headerLines(record.headers()));
        assertThat(record.value()).asString().isEqualTo("not json");
        assertThat(record.key()).asString().isEqualTo("key");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws InvalidRecordException {
        ProducerRecord<byte[], byte[]> record = QuarantineRecord.of(refused(null), "sink", "x".repeat(600));

        QuarantineRecord read = QuarantineRecord.read(record.headers());

        assertThat(read.reason()).hasSize(500);
        assertThat(read.valueBytes()).isZero();
        assertThat(read.offset()).isEqualTo(42);
    }

    @Test
    void aValueThatDoesNotFitIsCutAndItsLengthKept() throws InvalidRecordException {
        ProducerRecord<byte[], byte[]> record = QuarantineRecord.of(refused(new byte[1024 * 1024 + 1]), "router", "r");

        assertThat(record.value()).hasSize(64 * 1024);
        assertThat(QuarantineRecord.read(record.headers()).valueBytes()).isEqualTo(1024 * 1024 + 1);
    }

    private static ConsumerRecord<byte[], byte[]> refused(byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "audit.user",
                1,
                42,
                1699123456789L,
                TimestampType.LOG_APPEND_TIME,
                3,
                0,
                "key".getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
