package com.audiojones.bus.dispatcher.deliver;

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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Matches the records of a lane: each target that wants the event makes a pair. Nothing is matched before the table of
 * targets is known to be current.
 */
final class LaneIntake implements RecordHandler {

    static final String STAGE = "dispatcher";

    /** The most pairs of a lane in hand. */
    static final int MOST_PAIRS = 20_000;

    private final TargetReader targets;
    private final CurrentTargets current;
    private final OutcomeWriter outcomes;
    private final LaneMeters meters;
    private final LaneEngine engine;
    private final EngineThread thread;
    private final Clock clock;

    /** Records taken and not matched yet, and how many pairs the last one made. */
    private final AtomicInteger unmatched = new AtomicInteger();

    private volatile int fanOut = 1;

    private record Polled(ConsumerRecord<byte[], byte[]> record, PairWork work, Runnable settled) {}

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
        return meters.inHand() + (long) unmatched.get() * fanOut < MOST_PAIRS;
    }

    @Override
    public Work take(ConsumerRecord<byte[], byte[]> record, Runnable settled) {
        PairWork work = new PairWork(engine, thread);
        Polled polled = new Polled(record, work, settled);
        unmatched.incrementAndGet();
        thread.submit(() -> current.whenCurrent(() -> match(polled)));
        return work;
    }

    private void match(Polled polled) {
        unmatched.decrementAndGet();
        if (polled.work().isGivenUp()) {
            return;
        }
        try {
            match(LaneEvent.ofLane(polled.record()), polled);
        } catch (InvalidRecordException e) {
            outcomes.write(List.of(QuarantineRecord.of(polled.record(), STAGE, e.reason())), polled.settled());
        }
    }

    private void match(LaneEvent event, Polled polled) {
        Instant now = clock.instant();
        List<TargetRoute> routes = targets.matching(event.headers(), event.body(), now).stream()
                .filter(route -> !Alerts.concerns(event.id(), route.target().id()))
                .toList();
        Runnable recordSettled = polled.settled();
        PairWork work = polled.work();
        if (routes.isEmpty()) {
            meters.unmatched();
            outcomes.write(List.of(Outcomes.unmatched(event.headers(), now)), recordSettled);
            return;
        }
        fanOut = routes.size();
        meters.matched(routes.size());
        AtomicInteger open = new AtomicInteger(routes.size());
        // Holds on to no more than it needs: with its headers a polled record is larger than the pair made of it.
        Runnable settled = () -> {
            if (open.decrementAndGet() == 0) {
                work.clear();
                recordSettled.run();
            }
        };
        List<Pair> pairs = routes.stream()
                .map(route -> new Pair(
                        event, first(route, routes.size(), polled.record(), now), false, System.nanoTime(), settled))
                .toList();
        work.consistsOf(pairs);
        pairs.forEach(engine::offer);
    }

    private static PairHeaders first(
            TargetRoute route, int matched, ConsumerRecord<byte[], byte[]> record, Instant now) {
        return new PairHeaders(
                route.target().id(),
                route.target().version(),
                0,
                0,
                0,
                false,
                now,
                now,
                matched,
                new Origin(record.topic(), record.partition(), record.offset()),
                null);
    }
}
