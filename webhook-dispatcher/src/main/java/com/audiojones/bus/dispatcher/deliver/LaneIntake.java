package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.RecordHandler;
import com.audiojones.bus.consume.Work;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.Origin;
import com.audiojones.bus.dispatcher.state.Alerts;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.quarantine.QuarantineRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Matches the records of a lane: each target that wants the event makes a pair. Nothing is matched before the table of
 * targets is known to be current.
 */
final class LaneIntake implements RecordHandler {

    static final String STAGE = "dispatcher";

    /**
     * The most pairs in hand beside those that wait from retry topics. A tenth of a second's work at full speed, and more
     * than requests can be under way; what is in hand for longer is moved about by the collector and leaves the caches.
     */
    private static final int MOST_PAIRS = 4_096;

    private final TargetReader targets;
    private final CurrentTargets current;
    private final DurableWriter outcomes;
    private final LaneMeters meters;
    private final LaneEngine engine;
    private final EngineThread thread;
    private final Clock clock;

    /** Records taken and not matched yet, and how many pairs the last one made. */
    private final AtomicInteger unmatched = new AtomicInteger();

    private volatile int fanOut = 1;

    /** Whether intake waits until half of the pairs are gone; poll thread only. */
    private boolean full;

    /** A record read, with what is kept of it: with its headers a polled record is larger than the pair made of it. */
    private record Taken(LaneEvent event, Origin origin, PairWork work, Runnable settled) {}

    LaneIntake(LaneParts parts, LaneEngine engine, EngineThread thread) {
        this.targets = parts.targets();
        this.current = new CurrentTargets(targets, thread);
        this.outcomes = parts.outcomes();
        this.meters = parts.meters();
        this.clock = parts.clock();
        this.engine = engine;
        this.thread = thread;
    }

    /** A record makes as many pairs as targets want it: these are bounded, not just the records. */
    @Override
    public boolean hasRoom() {
        long pairs = meters.inHand() - engine.scheduler().held() + (long) unmatched.get() * fanOut;
        full = full ? pairs > MOST_PAIRS / 2 : pairs >= MOST_PAIRS;
        return !full;
    }

    @Override
    public void lost(TopicPartition partition, long count) {
        thread.submit(() -> engine.lost(partition, count));
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled) {
        PairWork work = new PairWork(engine, thread);
        try {
            Origin origin = new Origin(record.topic(), record.partition(), record.offset());
            Taken taken = new Taken(LaneEvent.ofLane(record), origin, work, settled);
            unmatched.incrementAndGet();
            thread.submit(() -> current.whenCurrent(() -> match(taken)));
        } catch (InvalidRecordException e) {
            quarantine(record, e.reason(), settled);
        }
        return work;
    }

    @Override
    public Work unreadable(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        quarantine(record, reason, settled);
        return new PairWork(engine, thread);
    }

    private void quarantine(ConsumerRecord<byte[], byte[]> record, String reason, Runnable settled) {
        ProducerRecord<byte[], byte[]> quarantined = QuarantineRecord.of(record, STAGE, reason);
        thread.submit(() -> outcomes.write(List.of(quarantined), settled));
    }

    private void match(Taken taken) {
        unmatched.decrementAndGet();
        if (taken.work().isGivenUp()) {
            return;
        }
        LaneEvent event = taken.event();
        Instant now = clock.instant();
        List<TargetRoute> routes = routes(event, now);
        if (routes.isEmpty()) {
            meters.unmatched();
            outcomes.write(List.of(Outcomes.unmatched(event.headers(), now)), taken.settled());
            return;
        }
        fanOut = routes.size();
        meters.matched(routes.size());
        List<Pair> pairs = pairs(taken, routes, now);
        taken.work().consistsOf(pairs);
        pairs.forEach(engine::offer);
    }

    private List<TargetRoute> routes(LaneEvent event, Instant now) {
        List<TargetRoute> matching = targets.matching(event.headers(), event.body(), now);
        if (!Alerts.isAlert(event.id())) {
            return matching;
        }
        return matching.stream()
                .filter(route -> !Alerts.concerns(event.id(), route.target().id()))
                .toList();
    }

    private static List<Pair> pairs(Taken taken, List<TargetRoute> routes, Instant now) {
        PairWork work = taken.work();
        Runnable recordSettled = taken.settled();
        AtomicInteger open = new AtomicInteger(routes.size());
        Runnable settled = () -> {
            if (open.decrementAndGet() == 0) {
                work.clear();
                recordSettled.run();
            }
        };
        List<Pair> pairs = new ArrayList<>(routes.size());
        for (TargetRoute route : routes) {
            PairHeaders headers = first(route, routes.size(), taken.origin(), now);
            pairs.add(new Pair(taken.event(), headers, false, System.nanoTime(), settled));
        }
        return pairs;
    }

    private static PairHeaders first(TargetRoute route, int matched, Origin origin, Instant now) {
        return new PairHeaders(
                route.target().id(), route.target().version(), 0, 0, 0, false, now, now, matched, origin, null);
    }
}
