package com.audiojones.bus.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.quarantine.QuarantineRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RoutingHandlerTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void everyRecordBecomesOneLaneRecordOrOneQuarantineRecord() throws InterruptedException, InvalidRecordException {
        MockProducer<byte[], byte[]> producer = producer(true);

        new RoutingHandler(producer, metrics)
                .settle(batch(
                        "{\"type\":\"user.login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":1}", "nonsense"));

        List<ProducerRecord<byte[], byte[]>> written = producer.history();
        assertThat(written).extracting(ProducerRecord::topic).containsExactly("bus.lane.standard", "bus.quarantine");
        assertThat(written.getFirst().key()).asString().isEqualTo("key");
        assertThat(LaneHeaders.read(written.getFirst().headers()).name()).isEqualTo("audit.user.login");
        assertThat(QuarantineRecord.read(written.getLast().headers()).offset()).isEqualTo(1);
        assertThat(written.getLast().value()).asString().isEqualTo("nonsense");
        assertThat(metrics.counter("bus.router.records", "decision", "routed", "lane", "standard")
                        .count())
                .isEqualTo(1);
        assertThat(metrics.counter("bus.router.records", "decision", "invalid", "lane", "none")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aBatchIsNotSettledWhenAnyRecordIsNotAcknowledged() {
        MockProducer<byte[], byte[]> producer = producer(false);
        RoutingHandler handler = new RoutingHandler(producer, metrics);
        FutureTask<Void> settling = new FutureTask<>(() -> {
            handler.settle(batch("{}", "{}"));
            return null;
        });
        Thread.startVirtualThread(settling);
        while (producer.history().size() < 2) {
            Thread.onSpinWait();
        }

        producer.completeNext();
        producer.errorNext(new NotEnoughReplicasException("one replica left"));

        assertThatThrownBy(() -> settling.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(KafkaException.class)
                .hasMessageContaining("a record was not acknowledged");
    }

    private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ConsumerRecords<byte[], byte[]> batch(String... values) {
        TopicPartition partition = new TopicPartition("audit.user", 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ConsumerRecord<>(
                    "audit.user",
                    0,
                    records.size(),
                    "key".getBytes(StandardCharsets.UTF_8),
                    value.getBytes(StandardCharsets.UTF_8)));
        }
        return new ConsumerRecords<>(Map.of(partition, records), Map.of());
    }
}
