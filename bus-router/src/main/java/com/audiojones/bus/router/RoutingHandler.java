package com.audiojones.bus.router;

import com.audiojones.bus.consume.BatchHandler;
import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.router.route.IngestRecord;
import com.audiojones.bus.router.route.Router;
import com.audiojones.bus.router.route.RoutingDecision;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes one lane record or one quarantine record per ingest record. One batch at a time. */
final class RoutingHandler implements BatchHandler {

    private static final String STAGE = "router";

    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry metrics;

    RoutingHandler(Producer<byte[], byte[]> producer, MeterRegistry metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    @Override
    public void settle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
        PendingAcks acks = new PendingAcks();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            acks.add(producer.send(outcome(record)));
        }
        acks.await();
    }

    private ProducerRecord<byte[], byte[]> outcome(ConsumerRecord<byte[], byte[]> record) {
        return switch (Router.decide(new IngestRecord(record))) {
            case RoutingDecision.Routed routed -> {
                count("routed", Lane.of(routed.headers().priority()).label());
                yield laneRecord(record.key(), routed);
            }
            case RoutingDecision.Invalid invalid -> {
                count("invalid", "none");
                yield QuarantineRecord.of(record, STAGE, invalid.reason());
            }
        };
    }

    private static ProducerRecord<byte[], byte[]> laneRecord(byte @Nullable [] key, RoutingDecision.Routed routed) {
        String lane = Lane.of(routed.headers().priority()).topic();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(lane, null, key, routed.body().bytes());
        routed.headers().writeTo(record.headers());
        return record;
    }

    private void count(String decision, String lane) {
        metrics.counter("bus.router.records", "decision", decision, "lane", lane)
                .increment();
    }
}
