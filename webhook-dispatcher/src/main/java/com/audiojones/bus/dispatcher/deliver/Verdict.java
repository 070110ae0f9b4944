package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.dispatcher.state.TargetWatch;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.target.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to happen with a pair. */
sealed interface Verdict {

    /** Before a request. */
    sealed interface BeforeRequest extends Verdict {}

    /** After a request that failed. */
    sealed interface AfterFailure extends Verdict {}

    /** It is sent, as soon as its target's gate lets it. */
    record Send(TargetRoute route) implements BeforeRequest {}

    /** It is tried again then. */
    record Retry(Instant at) implements AfterFailure {}

    /**
     * It ends.
     *
     * @param kind as the delivery record says
     * @param reason as the dead letter says; null: no dead letter is written
     */
    record End(DeliveryKind kind, @Nullable DeadLetterReason reason) implements BeforeRequest, AfterFailure {
        static End deadLetter(DeadLetterReason reason) {
            return new End(DeliveryKind.DEAD_LETTERED, reason);
        }
    }

    /**
     * Before a request.
     *
     * @param route the target as it is now; null: it was removed
     */
    static BeforeRequest before(
            LaneEvent event, PairHeaders pair, @Nullable TargetRoute route, TargetWatch watch, Instant now) {
        if (route == null) {
            return new End(DeliveryKind.REMOVED, DeadLetterReason.TARGET_REMOVED);
        }
        if (route.target().options().paused()) {
            return End.deadLetter(DeadLetterReason.TARGET_PAUSED);
        }
        if (watch.isDisabled(route.target())) {
            return End.deadLetter(DeadLetterReason.TARGET_DISABLED);
        }
        RetryPolicy policy = route.target().options().retry();
        Instant expiry = event.headers().expiresAt();
        Instant end = pair.deferrals() > 0
                ? RetrySchedule.parkingEnds(policy, expiry, pair.firstSeen())
                : RetrySchedule.attemptsEnd(policy, expiry, pair.firstSeen());
        if (end != null && end.isBefore(now)) {
            boolean untried = pair.requests() == 0 && pair.deferrals() == 0;
            return untried ? new End(DeliveryKind.EXPIRED, null) : End.deadLetter(DeadLetterReason.EXPIRED);
        }
        return new Send(route);
    }

    /** After a failed request that counted as an attempt. */
    static AfterFailure after(
            DeliveryResult.Failed failure,
            LaneEvent event,
            PairHeaders pair,
            RetryPolicy policy,
            RetrySchedule schedule,
            Instant now) {
        return switch (failure.then()) {
            case BLOCKED -> End.deadLetter(DeadLetterReason.BLOCKED_ADDRESS);
            case ABORT -> End.deadLetter(DeadLetterReason.ABORTED_BY_RECEIVER);
            case DISABLE -> End.deadLetter(DeadLetterReason.TARGET_DISABLED);
            case RETRY -> again(failure.retryAfter(), event, pair, policy, schedule, now);
        };
    }

    private static AfterFailure again(
            Duration retryAfter,
            LaneEvent event,
            PairHeaders pair,
            RetryPolicy policy,
            RetrySchedule schedule,
            Instant now) {
        Priority priority = event.headers().priority();
        Optional<Duration> wait = schedule.waitAfter(policy, priority, pair.attempts());
        if (wait.isEmpty()) {
            return End.deadLetter(DeadLetterReason.MAX_ATTEMPTS);
        }
        Instant at = now.plus(wait.get().compareTo(retryAfter) < 0 ? retryAfter : wait.get());
        Instant end = RetrySchedule.attemptsEnd(policy, event.headers().expiresAt(), pair.firstSeen());
        return end != null && end.isBefore(at) ? End.deadLetter(DeadLetterReason.EXPIRED) : new Retry(at);
    }
}
