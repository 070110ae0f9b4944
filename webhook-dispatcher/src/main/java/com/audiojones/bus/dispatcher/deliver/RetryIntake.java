package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.consume.Work;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.topic.RetryTier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes pairs out of a lane's retry topics when they are due: the broker's append time and the tier's delay later. A
 * wrong clock here costs one delay at most.
 */
final class RetryIntake implements RecordHandler {

    /** What a pair may come before its time. Clocks of machines differ by as much. */
    private static final Duration SLACK = Duration.ofMillis(20);

    /** More than any plan or Retry-After: whoever wrote a later time was not one of us. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(30);

    /** The most pairs of a lane in hand, those that wait for targets in trouble among them. */
    private static final int MOST_PAIRS = 20_000;

    private final CurrentTargets current;
    private final DurableWriter outcomes;
    private final LaneMeters meters;
    private final LaneEngine engine;
    private final EngineThread thread;
    private final Clock clock;

    RetryIntake(LaneParts parts, LaneEngine engine, EngineThread thread) {
        this.current = new CurrentTargets(parts.targets(), thread);
        this.outcomes = parts.outcomes();
        this.meters = parts.meters();
        this.clock = parts.clock();
        this.engine = engine;
        this.thread = thread;
    }

    @Override
    public boolean hasRoom() {
        return meters.inHand() < MOST_PAIRS;
    }

    @Override
    public long waitNanos(ConsumerRecord<byte[], byte[]> record) {
        long delay = RetryTier.ofTopic(record.topic())
                .map(RetryTier::delay)
                .orElse(Duration.ZERO)
                .toMillis();
        long left = record.timestamp() + delay - clock.millis();
        return Duration.ofMillis(Math.clamp(left, 0, delay)).toNanos();
    }

    @Override
    public void lost(TopicPartition partition, long count) {
        thread.submit(() -> engine.lost(partition, count));
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled) {
        PairWork work = new PairWork(engine, thread);
        thread.submit(() -> current.whenCurrent(() -> take(record, work, settled)));
        return work;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, PairWork work, Runnable settled) {
        if (work.isGivenUp()) {
            return;
        }
        try {
            PairHeaders headers = PairHeaders.read(record.headers());
            LaneEvent event = LaneEvent.ofRetry(record);
            Instant now = clock.instant();
            if (headers.notBefore().isAfter(now.plus(LONGEST_WAIT))) {
                throw new InvalidRecordException("header not-before-ms: expected a time within "
                        + LONGEST_WAIT.toHours() + " hours, got " + headers.notBefore());
            }
            Pair pair = engine.dueAgain(event, headers, settled);
            work.consistsOf(List.of(pair));
            if (now.plus(SLACK).isBefore(headers.notBefore())) {
                engine.waitOn(pair, headers.notBefore());
            } else {
                engine.offer(pair);
            }
        } catch (InvalidRecordException e) {
            quarantine(record, e.reason(), settled);
        }
    }

    @Override
    public Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        thread.submit(() -> quarantine(record, reason, settled));
        return new PairWork(engine, thread);
    }

    private void quarantine(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        outcomes.write(List.of(QuarantineRecord.of(record, LaneIntake.STAGE, reason)), settled);
    }
}
