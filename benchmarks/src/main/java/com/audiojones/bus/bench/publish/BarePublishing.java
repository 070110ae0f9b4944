package com.audiojones.bus.bench.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ceiling: Jackson and a producer with the SDK's settings. It checks nothing. */
final class BarePublishing implements Publishing {

    private final ObjectMapper mapper = new ObjectMapper();
    private final SplittableRandom random = new SplittableRandom();
    private final Producer<byte[], byte[]> producer;
    private final Map<String, String> data;

    BarePublishing(KafkaSettings kafka, Duration deadline, Map<String, String> data) {
        this.producer = new KafkaProducer<>(kafka.producer("bench-bare-publish", deadline));
        this.data = data;
    }

    @Override
    public void publish(LongConsumer acknowledged) {
        try {
            Instant now = Instant.now();
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("id", EventId.fresh(EventFamily.AUDIT, now, random).value());
            event.put("type", PublishSuite.TYPE);
            event.put("timestamp", IsoMillis.format(now));
            event.put("actor", PublishSuite.ACTOR);
            event.put("actorType", "system");
            event.put("data", data);
            var _ = producer.send(
                    new ProducerRecord<>(
                            PublishSuite.TOPIC, PublishSuite.ACTOR.getBytes(UTF_8), mapper.writeValueAsBytes(event)),
                    (position, failure) -> {
                        if (failure != null) {
                            throw new IllegalStateException("a record was not written", failure);
                        }
                        acknowledged.accept(System.nanoTime());
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
