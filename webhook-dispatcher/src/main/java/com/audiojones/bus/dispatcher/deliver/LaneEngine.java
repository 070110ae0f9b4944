package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.consume.Work;
import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.delivery.PairHeaders.LastFailure;
import com.audiojones.bus.dispatcher.http.HttpOutcome;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.target.RetryPolicy;
import com.audiojones.bus.topic.RetryTier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Brings the pairs of one lane to their ends. All of it runs on the lane's engine thread: intake hands pairs over to it,
 * answers come back to it, so that no state here needs a lock and no wait for one target holds up another.
 */
final class LaneEngine implements LaneScheduler.PairHandling {

    private final TargetReader targets;
    private final TargetControl control;
    private final Attempt attempt;
    private final DurableWriter outcomes;
    private final RetrySchedule schedule;
    private final LaneMeters meters;
    private final RetryTopics retries;
    private final TargetFeedback feedback;
    private final LateDeliveries late = new LateDeliveries();
    private final LaneScheduler scheduler;
    private final EngineThread thread;
    private final Clock clock;

    LaneEngine(LaneParts parts, EngineThread thread) {
        this.targets = parts.targets();
        this.control = parts.control();
        this.attempt = parts.attempt();
        this.outcomes = parts.outcomes();
        this.schedule = parts.schedule();
        this.meters = parts.meters();
        this.retries = new RetryTopics(parts);
        this.feedback = new TargetFeedback(parts.lane(), control);
        this.clock = parts.clock();
        this.scheduler = new LaneScheduler(parts.lane(), parts.permits(), control, this);
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
        }
    }

    @Override
    public Verdict.BeforeRequest examine(Pair pair) {
        return Verdict.before(
                pair.event(), pair.headers(), targets.route(pair.targetId()), control.watch(), clock.instant());
    }

    @Override
    public void start(Pair pair, TargetRoute route, LaneScheduler.Start start) {
        long startedNanos = System.nanoTime();
        pair.requested(route.target().version());
        Duration waited = Duration.ofNanos(startedNanos - pair.arrivedNanos());
        var _ = attempt.start(pair.event(), route)
                .thenAccept(outcome -> thread.submit(() -> {
                    meters.requested(waited, outcome.timing());
                    done(pair, route, start, startedNanos, outcome);
                }));
    }

    private void done(Pair pair, TargetRoute route, LaneScheduler.Start start, long startedNanos, HttpOutcome outcome) {
        Instant now = clock.instant();
        DeliveryResult result = ResponseRules.result(outcome, now);
        scheduler.finished(pair.targetId(), start.slow());
        feedback.ended(pair.event(), route.target(), start, startedNanos, result);
        switch (result) {
            case DeliveryResult.Delivered delivered -> delivered(pair, route, delivered, now);
            case DeliveryResult.Failed failed -> failed(pair, route, start, failed, now);
        }
        if (targets.route(pair.targetId()) == null) {
            control.forget(pair.targetId());
        }
        scheduler.startReady(System.nanoTime());
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
        } else if (start.probe() && result.then() == DeliveryResult.Then.RETRY && !result.isRefusal()) {
            probeFailed(pair, route, result, now);
        } else {
            pair.attempted();
            RetryPolicy policy = route.target().options().retry();
            switch (Verdict.after(result, pair.event(), pair.headers(), policy, schedule, now)) {
                case Verdict.End end -> end(pair, end, result);
                case Verdict.Retry retry -> retries.retry(pair, route, result, now, retry.at());
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
        if (route == null) {
            control.forget(pair.targetId());
        }
        outcomes.write(Outcomes.ended(pair, route, end, last, clock.instant()), pair.settled());
    }

    @Override
    public void park(Pair pair, TargetRoute route, String why) {
        if (!retries.park(pair, route, why)) {
            end(pair, Verdict.End.deadLetter(DeadLetterReason.EXPIRED));
        }
    }

    /** A pair that came out of its tier before its time goes on waiting in another, unless it is over with it. */
    void waitOn(Pair pair, Instant notBefore) {
        if (examine(pair) instanceof Verdict.End end) {
            end(pair, end);
        } else {
            retries.hop(pair, notBefore);
        }
    }

    /** Brings a pair to an end here by writing it to a retry topic. */
    void handOff(Pair pair, Work.HandOff extent) {
        if (extent == Work.HandOff.FORGET) {
            leave(pair);
            return;
        }
        switch (pair.stage()) {
            case WAITING -> retries.hop(pair, clock.instant().plus(RetryTier.S2.delay()));
            case REQUESTED -> {
                if (extent != Work.HandOff.NOT_BEGUN) {
                    giveAway(pair, extent);
                }
            }
            case GIVEN_AWAY, ENDED -> {}
        }
    }

    /** Another dispatcher has the pair's partition, and delivers it. */
    private void leave(Pair pair) {
        if (pair.stage() == Pair.Stage.WAITING) {
            pair.enter(Pair.Stage.ENDED);
            meters.left();
        }
    }

    /** A request that is handed off because it holds up others counts as an attempt; the last one stays. */
    private void giveAway(Pair pair, Work.HandOff extent) {
        TargetRoute route = targets.route(pair.targetId());
        if (extent == Work.HandOff.STRAGGLING) {
            RetryPolicy policy = route == null
                    ? RetryPolicy.STANDARD
                    : route.target().options().retry();
            if (schedule.isLast(
                    policy, pair.event().headers().priority(), pair.headers().attempts())) {
                return;
            }
            pair.attempted();
        }
        retries.giveAway(pair, route == null ? Duration.ZERO : attempt.deadline(route));
        if (extent == Work.HandOff.ALL) {
            // The copy makes this attempt again; what is still recorded of it here names it all the same.
            pair.attempted();
        }
    }

    /** Records were removed from a topic before they were read: nobody can deliver them from here. */
    void lost(TopicPartition partition, long records) {
        meters.lost(records);
        control.alerts().recordsLost(partition.toString(), records);
    }

    /** The pair of a record of a retry topic. */
    Pair dueAgain(LaneEvent event, PairHeaders headers, Runnable settled) {
        retries.taken(headers);
        return new Pair(event, headers, true, System.nanoTime(), settled);
    }
}
