package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.store.StoreUnavailableException;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class MirroringHandlerTest {

    private final FakeEventStore store = new FakeEventStore();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MirroringHandler handler = new MirroringHandler(store, producer, new SinkMeters(registry));

    @Test
    void aBatchIsOneWrite() throws InterruptedException {
        handler.settle(batch(List.of(
                Records.lane("evt_1"),
                Records.delivery(Records.delivered("evt_1", "t1")),
                Records.deadLetter(Records.headers("evt_1")))));

        assertThat(store.batches).hasSize(1);
        assertThat(store.batches.getFirst()).hasSize(3);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aBatchWithAnUnusableRecordIsSettledWhenItsQuarantineIsAcked() throws InterruptedException {
        CompletableFuture<Void> settled =
                settle(batch(List.of(Records.lane("evt_1"), Records.record(Records.LANE, "no headers"))));
        awaitSent();
        assertThat(settled).isNotDone();

        producer.completeNext();

        settled.join();
        assertThat(store.batches.getFirst()).hasSize(1);
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo(Topics.QUARANTINE);
            assertThat(record.value()).asString().isEqualTo("no headers");
            assertThat(record.headers().lastHeader("stage").value()).asString().isEqualTo("sink");
        });
    }

    @Test
    void whatTheStoreRefusesForGoodGoesToQuarantineAndTheOthersAreStored() throws InterruptedException {
        store.refused.add(new EventWrite(Records.headers("evt_1"), Records.BODY));

        CompletableFuture<Void> settled = settle(batch(List.of(Records.lane("evt_1"), Records.lane("evt_2"))));
        awaitSent();
        producer.completeNext();
        settled.join();

        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo(Topics.QUARANTINE);
            assertThat(record.headers().lastHeader("reason").value())
                    .asString()
                    .isEqualTo("the store refuses its document: too deep");
        });
    }

    @Test
    void aBatchWhoseQuarantineIsNotAckedIsNotSettled() throws InterruptedException {
        CompletableFuture<Void> settled = settle(batch(List.of(Records.record(Records.LANE, "no headers"))));
        awaitSent();

        producer.errorNext(new KafkaException("no broker answers"));

        assertThatThrownBy(settled::join).hasCauseInstanceOf(KafkaException.class);
    }

    @Test
    void anOutageOfTheStoreIsTheLoopsToHandle() {
        store.away = true;

        assertThatThrownBy(() -> handler.settle(batch(List.of(Records.lane("evt_1")))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("store: could not write");
        assertThat(registry.counter("bus.sink.failures").count()).isEqualTo(1);
        assertThat(registry.get("bus.sink.age").gauge().value())
                .as("seconds since the oldest record that is not stored")
                .isCloseTo((System.currentTimeMillis() - Records.TIME.toEpochMilli()) / 1e3, within(60.0));
    }

    @Test
    void whatIsStoredIsNotOld() throws InterruptedException {
        handler.settle(batch(List.of(Records.lane("evt_1"))));

        assertThat(registry.get("bus.sink.age").gauge().value()).isZero();
    }

    @Test
    void everyRecordOfASettledBatchIsCountedOnce() throws InterruptedException {
        handler.settle(batch(List.of(
                Records.lane("evt_1"),
                Records.lane("evt_2"),
                Records.lane(Records.headers("evt_1").replayedAs("replay_1", null, null), Records.BODY),
                Records.delivery(Records.delivered("evt_1", "t1")),
                Records.record(Topics.QUARANTINE, "raw"))));
        CompletableFuture<Void> unusable = settle(batch(List.of(Records.record(Topics.DELIVERIES, "no JSON"))));
        awaitSent();
        producer.completeNext();
        unusable.join();

        Map<String, Double> counted = new LinkedHashMap<>();
        registry.find("bus.sink.records")
                .counters()
                .forEach(counter -> counted.put(counter.getId().getTag("kind"), counter.count()));
        assertThat(counted)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("event", 2.0, "replay", 1.0, "delivery", 1.0, "quarantine", 1.0, "unusable", 1.0));
        assertThat(registry.timer("bus.sink.batch").count()).isEqualTo(2);
        assertThat(registry.counter("bus.sink.failures").count()).isZero();
    }

    private CompletableFuture<Void> settle(ConsumerRecords<byte[], byte[]> batch) {
        return CompletableFuture.runAsync(() -> {
            try {
                handler.settle(batch);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts", e);
            }
        });
    }

    private void awaitSent() {
        await().until(() -> !producer.history().isEmpty());
    }

    private static ConsumerRecords<byte[], byte[]> batch(List<ProducerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> received =
                records.stream().map(Records::received).toList();
        return new ConsumerRecords<>(Map.of(new TopicPartition(Records.LANE, 1), received), Map.of());
    }
}
