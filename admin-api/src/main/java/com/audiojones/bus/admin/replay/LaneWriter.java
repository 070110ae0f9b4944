package com.audiojones.bus.admin.replay;

import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.lane.LaneHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes lane records, as the router does. Safe for use by many threads. */
public final class LaneWriter implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;

    /**
     * Writes with a producer, which it closes in the end.
     *
     * @param producer a producer made with {@link #config}
     */
    public LaneWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * {@return settings of a producer that gives up on a record after 10 seconds}
     *
     * @param kafka how the cluster is reached
     */
    public static Map<String, Object> config(KafkaSettings kafka) {
        return kafka.producer("ajbus-admin-replay", DEADLINE);
    }

    /**
     * Writes records to the lanes of their priorities. Blocks until all are durable, up to 20 seconds where the cluster is
     * away. The key is the event's id: the ordering key of the original is not kept anywhere.
     *
     * @param records the records
     * @throws KafkaException if one could not be written; the others may have been
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void write(List<LaneRecord> records) throws InterruptedException {
        PendingAcks acks = new PendingAcks();
        for (LaneRecord record : records) {
            LaneHeaders headers = record.headers();
            ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(
                    Lane.of(headers.priority()).topic(), utf8(headers.eventId().value()), utf8(record.body()));
            headers.writeTo(out.headers());
            acks.add(producer.send(out));
        }
        acks.await();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
