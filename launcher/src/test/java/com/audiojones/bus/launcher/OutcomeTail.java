package com.audiojones.bus.launcher;

import com.audiojones.bus.delivery.DeadLetterHeaders;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.testkit.guarantee.AtLeastOnce;
import com.audiojones.bus.testkit.guarantee.Pair;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Follows what the dispatchers write down about pairs, and tells the ledger of those that ended without a delivery. */
final class OutcomeTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> config;
    private final AtLeastOnce ledger;
    private final Thread thread;
    private final AtomicInteger quarantined = new AtomicInteger();

    /** Offset of the first record that says delivered, in {@code webhook.deliveries}. */
    private final Map<Pair, Long> delivered = new ConcurrentHashMap<>();

    private volatile boolean closing;

    /** Follows from the beginning, through restarts of the broker. */
    OutcomeTail(KafkaSettings kafka, AtLeastOnce ledger) {
        this.config = kafka.reader("test-outcomes");
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("outcomes").daemon().start(this::run);
    }

    /** Where {@code webhook.deliveries} says first that a pair was delivered, by pair. */
    Map<Pair, Long> delivered() {
        return delivered;
    }

    /** How many records went to {@code bus.quarantine}. */
    int quarantined() {
        return quarantined.get();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<TopicPartition> partitions = List.of(
                new TopicPartition(Topics.DELIVERIES, 0),
                new TopicPartition(Topics.DEAD_LETTERS, 0),
                new TopicPartition(Topics.QUARANTINE, 0));
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            switch (record.topic()) {
                case Topics.DELIVERIES -> takeDelivery(DeliveryRecord.fromJson(record.value()), record.offset());
                case Topics.DEAD_LETTERS -> takeDeadLetter(record);
                default -> quarantined.incrementAndGet();
            }
        } catch (InvalidRecordException e) {
            throw new AssertionError(record.topic() + ": " + e.reason(), e);
        }
    }

    private void takeDelivery(DeliveryRecord outcome, long offset) {
        String target = outcome.targetId();
        if (target == null) {
            return;
        }
        Pair pair = new Pair(outcome.eventId(), target);
        if (outcome.kind() == DeliveryKind.DELIVERED) {
            delivered.putIfAbsent(pair, offset);
        } else if (outcome.kind() == DeliveryKind.EXPIRED || outcome.kind() == DeliveryKind.REMOVED) {
            ledger.endedOtherwise(pair, outcome.kind().label());
        }
    }

    private void takeDeadLetter(ConsumerRecord<byte[], byte[]> record) throws InvalidRecordException {
        String event = LaneHeaders.read(record.headers()).eventId().value();
        DeadLetterHeaders headers = DeadLetterHeaders.read(record.headers());
        ledger.endedOtherwise(new Pair(event, headers.targetId()), "dead-lettered " + headers.reason());
    }
}
