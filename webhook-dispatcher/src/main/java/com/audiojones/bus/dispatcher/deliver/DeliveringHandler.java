package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.BatchHandler;
import com.audiojones.bus.consume.PendingAcks;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;

/**
 * Settles the records of one lane: every target that wants an event gets one request, and the outcome of each pair is
 * acknowledged by Kafka before the batch is settled. One thread matches, starts requests and writes outcomes; answers reach it
 * through a queue.
 */
final class DeliveringHandler implements BatchHandler {

    private static final String STAGE = "dispatcher";
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(30);

    private final TargetReader targets;
    private final Attempt attempt;
    private final Producer<byte[], byte[]> producer;
    private final LaneMeters meters;
    private final Clock clock;
    private final Semaphore permits;

    DeliveringHandler(
            TargetReader targets,
            Attempt attempt,
            Producer<byte[], byte[]> producer,
            LaneMeters meters,
            int inFlight,
            Clock clock) {
        this.targets = targets;
        this.attempt = attempt;
        this.producer = producer;
        this.meters = meters;
        this.clock = clock;
        this.permits = new Semaphore(inFlight);
    }

    /** A pair whose request has ended. */
    private record Ended(LaneEvent event, TargetRoute route, int matched, DeliveryResult result) {}

    @Override
    public void settle(ConsumerRecords<byte[], byte[]> batch) throws InterruptedException {
        targets.awaitCurrent(TABLE_TIMEOUT);
        PendingAcks acks = new PendingAcks();
        LinkedBlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        int started = 0;
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            started += start(record, acks, ended);
        }
        for (int written = 0; written < started; written++) {
            write(ended.take(), acks);
        }
        acks.await();
    }

    private int start(ConsumerRecord<byte[], byte[]> record, PendingAcks acks, LinkedBlockingQueue<Ended> ended)
            throws InterruptedException {
        LaneEvent event;
        try {
            event = LaneEvent.of(record);
        } catch (InvalidRecordException e) {
            acks.add(producer.send(QuarantineRecord.of(record, STAGE, e.reason())));
            return 0;
        }
        List<TargetRoute> routes = targets.matching(event.headers(), clock.instant());
        if (routes.isEmpty()) {
            meters.unmatched();
            acks.add(producer.send(Outcomes.unmatched(event.headers(), clock.instant())));
        }
        for (TargetRoute route : routes) {
            startOne(event, route, routes.size(), ended);
        }
        return routes.size();
    }

    private void startOne(LaneEvent event, TargetRoute route, int matched, LinkedBlockingQueue<Ended> ended)
            throws InterruptedException {
        permits.acquire();
        attempt.start(event, route)
                .thenAccept(result -> {
                    permits.release();
                    ended.add(new Ended(event, route, matched, result));
                })
                .exceptionally(failure -> {
                    throw new IllegalStateException("an attempt ends in a result", failure);
                });
    }

    private void write(Ended pair, PendingAcks acks) {
        meters.ended(pair.result());
        Outcomes.of(pair.event(), pair.route(), pair.matched(), pair.result(), clock.instant())
                .forEach(record -> acks.add(producer.send(record)));
    }
}
