package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.Work;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import com.audiojones.bus.dispatcher.gate.Ending;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.state.Alerts;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.target.Target;
import com.audiojones.bus.topic.RetryTier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Brings the pairs of one lane to their ends. All of it runs on the lane's engine thread: intake hands pairs over to it,
 * answers come back to it, so that no state here needs a lock and no wait for one target holds up another.
 */
final class LaneEngine implements LaneScheduler.PairHandling {

    private static final long MANY_PARKED = 10_000;
    private static final long VERY_MANY_PARKED = 100_000;

    private final Lane lane;
    private final TargetReader targets;
    private final TargetControl control;
    private final Attempt attempt;
    private final OutcomeWriter outcomes;
    private final RetrySchedule schedule;
    private final LaneMeters meters;
    private final LateDeliveries late = new LateDeliveries();
    private final LaneScheduler scheduler;
    private final EngineThread thread;
    private final Clock clock;

    LaneEngine(LaneParts parts, EngineThread thread) {
        this.lane = parts.lane();
        this.targets = parts.targets();
        this.control = parts.control();
        this.attempt = parts.attempt();
        this.outcomes = parts.outcomes();
        this.schedule = parts.schedule();
        this.meters = parts.meters();
        this.clock = parts.clock();
        this.scheduler = new LaneScheduler(lane, parts.permits(), control, this);
        this.thread = thread;
    }

    LaneScheduler scheduler() {
        return scheduler;
    }

    /** Takes a pair on that was matched or is due. */
    void offer(Pair pair) {
        if (late.remove(pair.identity())) {
            meters.ended(DeliveryKind.DELIVERED, pair.targetId());
            pair.enter(Pair.Stage.ENDED);
            pair.settled().run();
            return;
        }
        switch (examine(pair)) {
            case Verdict.End end -> end(pair, end);
            case Verdict.Send send -> {
                long now = System.nanoTime();
                scheduler.add(pair, send.route(), now);
                scheduler.startReady(now);
            }
            case Verdict.Retry retry -> throw new IllegalStateException("nothing has failed yet");
        }
    }

    @Override
    public Verdict examine(Pair pair) {
        return Verdict.before(
                pair.event(), pair.headers(), targets.route(pair.targetId()), control.watch(), clock.instant());
    }

    @Override
    public void start(Pair pair, TargetRoute route, LaneScheduler.Start start) {
        long startedNanos = System.nanoTime();
        pair.requested(route.target().version());
        Duration waited = Duration.ofNanos(startedNanos - pair.arrivedNanos());
        var _ = attempt.start(pair.event(), route)
                .whenComplete((result, failure) -> thread.submit(() -> {
                    meters.requested(waited, result.timing());
                    done(pair, route, start, startedNanos, result);
                }));
    }

    private void done(
            Pair pair, TargetRoute route, LaneScheduler.Start start, long startedNanos, DeliveryResult result) {
        scheduler.finished(pair.targetId(), start.slow());
        tell(pair, route.target(), start, startedNanos, result);
        Instant now = clock.instant();
        switch (result) {
            case DeliveryResult.Delivered delivered -> delivered(pair, route, delivered, now);
            case DeliveryResult.Failed failed -> failed(pair, route, start, failed, now);
        }
        scheduler.startReady(System.nanoTime());
    }

    /** What the request's end says about the target. A receiver that refuses one event on purpose is well. */
    private void tell(Pair pair, Target target, LaneScheduler.Start start, long startedNanos, DeliveryResult result) {
        DeliveryResult.Failed failed = result instanceof DeliveryResult.Failed f ? f : null;
        boolean success = failed == null || failed.then() == DeliveryResult.Then.ABORT;
        Ending ending = new Ending(
                success,
                failed != null && failed.isOverload(),
                start.probe(),
                startedNanos,
                result.timing().total(),
                failed == null ? Duration.ZERO : failed.retryAfter());
        TargetGate gate = control.gate(target.id());
        TargetGate.Change change =
                gate.finished(lane, ending, target.options(), control.instances(), System.nanoTime());
        boolean quiet = Alerts.isAlert(pair.event().id());
        Supplier<TargetGate.View> view = () -> gate.view(target.options(), control.instances(), System.nanoTime());
        if (success) {
            control.watch().succeeded(target, change, view, quiet);
        } else {
            control.watch().failed(target, change, view, quiet);
        }
        if (result.disablesTarget()) {
            control.watch().disable(target, "the receiver asked for it (status " + result.status() + ")", view);
        }
    }

    private void delivered(Pair pair, TargetRoute route, DeliveryResult.Delivered result, Instant now) {
        boolean givenAway = pair.stage() == Pair.Stage.GIVEN_AWAY;
        if (!givenAway) {
            pair.attempted();
            meters.ended(DeliveryKind.DELIVERED, pair.targetId());
        }
        pair.enter(Pair.Stage.ENDED);
        // The copy is dropped for it only once it is durable.
        Runnable known = () -> thread.submit(() -> late.add(pair.identity()));
        outcomes.write(List.of(Outcomes.delivered(pair, route, result, now)), givenAway ? known : pair.settled());
    }

    private void failed(
            Pair pair, TargetRoute route, LaneScheduler.Start start, DeliveryResult.Failed result, Instant now) {
        meters.attemptFailed(pair.targetId());
        pair.failed(new LastFailure(
                result.status(), result.message(), result.timing().total().toMillis()));
        if (pair.stage() == Pair.Stage.GIVEN_AWAY) {
            outcomes.write(List.of(Outcomes.attemptFailed(pair, route, result, now, null)), () -> {});
        } else if (start.probe() && result.then() == DeliveryResult.Then.RETRY) {
            probeFailed(pair, route, result, now);
        } else {
            pair.attempted();
            RetryPolicy policy = route.target().options().retry();
            switch (Verdict.after(result, pair.event(), pair.headers(), policy, schedule, now)) {
                case Verdict.End end -> end(pair, end, result);
                case Verdict.Retry retry -> retry(pair, route, result, now, retry.at());
                case Verdict.Send send -> throw new IllegalStateException("a failed request is never just sent again");
            }
        }
    }

    /** No attempt is spent: the pair waits on in place, or is parked where it came from the lane. */
    private void probeFailed(Pair pair, TargetRoute route, DeliveryResult.Failed result, Instant now) {
        outcomes.write(List.of(Outcomes.attemptFailed(pair, route, result, now, null)), () -> {});
        if (pair.isRetried()) {
            pair.enter(Pair.Stage.WAITING);
            scheduler.putBack(pair);
        } else {
            park(pair, route, "the target is in trouble");
        }
    }

    private void retry(Pair pair, TargetRoute route, DeliveryResult.Failed result, Instant now, Instant at) {
        RetryTier tier = RetryTier.within(Duration.between(now, at));
        moveOn(
                pair,
                List.of(
                        Outcomes.retry(pair, tier.topic(lane), at),
                        Outcomes.attemptFailed(pair, route, result, now, at)));
    }

    @Override
    public void end(Pair pair, Verdict.End end) {
        end(pair, end, null);
    }

    private void end(Pair pair, Verdict.End end, DeliveryResult.@Nullable Failed last) {
        pair.enter(Pair.Stage.ENDED);
        meters.ended(end.kind(), pair.targetId());
        if (end.reason() != null) {
            control.alerts()
                    .deadLetter(pair.targetId(), pair.event().id(), end.reason().name());
        }
        TargetRoute route = targets.route(pair.targetId());
        outcomes.write(Outcomes.ended(pair, route, end, last, clock.instant()), pair.settled());
    }

    @Override
    public void park(Pair pair, TargetRoute route, String why) {
        TargetGate gate = control.gate(pair.targetId());
        Instant now = clock.instant();
        TargetGate.View view = gate.view(route.target().options(), control.instances(), System.nanoTime());
        Duration asked = Duration.ofNanos(view.nanosUntilAllowed());
        Duration usual = parkingTier(view.parked()).delay();
        Instant until = now.plus(usual.compareTo(asked) < 0 ? asked : usual);
        if (!asked.isZero() && isOver(pair, route, until)) {
            end(pair, Verdict.End.deadLetter(DeadLetterReason.EXPIRED));
            return;
        }
        boolean first = pair.headers().deferrals() == 0;
        pair.deferred();
        gate.parked(1);
        RetryTier tier = RetryTier.within(Duration.between(now, until));
        ProducerRecord<byte[], byte[]> copy = Outcomes.retry(pair, tier.topic(lane), until);
        moveOn(pair, first ? List.of(copy, Outcomes.parked(pair, route, why, now, until)) : List.of(copy));
    }

    private static boolean isOver(Pair pair, TargetRoute route, Instant then) {
        return RetrySchedule.parkingEnds(
                        route.target().options().retry(),
                        pair.event().headers().expiresAt(),
                        pair.headers().firstSeen())
                .isBefore(then);
    }

    /** A pair that came out of its tier before its time goes on waiting in another, unless it is over with it. */
    void waitOn(Pair pair, Instant notBefore) {
        if (examine(pair) instanceof Verdict.End end) {
            end(pair, end);
        } else {
            hop(pair, notBefore);
        }
    }

    private void hop(Pair pair, Instant notBefore) {
        if (pair.headers().parked()) {
            control.gate(pair.targetId()).parked(1);
        }
        RetryTier tier = RetryTier.within(Duration.between(clock.instant(), notBefore));
        moveOn(pair, List.of(Outcomes.retry(pair, tier.topic(lane), notBefore)));
    }

    private void moveOn(Pair pair, List<ProducerRecord<byte[], byte[]>> records) {
        pair.enter(Pair.Stage.ENDED);
        meters.putBack(pair.headers().parked());
        outcomes.write(records, pair.settled());
    }

    /** Brings a pair to an end here by writing it to a retry topic. */
    void handOff(Pair pair, Work.HandOff extent) {
        Instant now = clock.instant();
        switch (pair.stage()) {
            case WAITING -> hop(pair, now.plus(RetryTier.S2.delay()));
            case REQUESTED -> {
                if (extent != Work.HandOff.NOT_BEGUN) {
                    giveAway(pair, extent, now);
                }
            }
            case GIVEN_AWAY, ENDED -> {}
        }
    }

    /** The copy owns the pair from its acknowledgement on, and is due when the request under way must have ended. */
    private void giveAway(Pair pair, Work.HandOff extent, Instant now) {
        TargetRoute route = targets.route(pair.targetId());
        if (extent == Work.HandOff.STRAGGLING) {
            Priority priority = pair.event().headers().priority();
            RetryPolicy policy = route == null
                    ? RetryPolicy.STANDARD
                    : route.target().options().retry();
            if (schedule.isLast(policy, priority, pair.headers().attempts())) {
                return;
            }
            pair.attempted();
        }
        RetryTier tier = RetryTier.covering(route == null ? Duration.ZERO : attempt.deadline(route));
        ProducerRecord<byte[], byte[]> copy = Outcomes.retry(pair, tier.topic(lane), now.plus(tier.delay()));
        pair.enter(Pair.Stage.GIVEN_AWAY);
        meters.putBack(false);
        outcomes.write(List.of(copy), pair.settled());
    }

    private static RetryTier parkingTier(long parked) {
        if (parked > VERY_MANY_PARKED) {
            return RetryTier.M1;
        }
        return parked > MANY_PARKED ? RetryTier.S16 : RetryTier.S4;
    }

    /** The pair of a record of a retry topic. */
    Pair dueAgain(LaneEvent event, PairHeaders headers, Runnable settled) {
        meters.taken(headers.parked());
        if (headers.parked()) {
            control.gate(headers.targetId()).parked(-1);
        }
        return new Pair(event, headers, true, System.nanoTime(), settled);
    }
}
