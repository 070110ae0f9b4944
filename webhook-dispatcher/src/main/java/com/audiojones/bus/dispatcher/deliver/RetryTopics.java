package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.delivery.PairHeaders;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.topic.RetryTier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts the pairs of a lane into its retry topics. From the acknowledgement on the record there owns the pair: here it has
 * ended. Engine thread only.
 */
final class RetryTopics {

    private static final long MANY_PARKED = 10_000;
    private static final long VERY_MANY_PARKED = 100_000;

    private final Lane lane;
    private final TargetControl control;
    private final DurableWriter outcomes;
    private final LaneMeters meters;
    private final Clock clock;

    RetryTopics(LaneParts parts) {
        this.lane = parts.lane();
        this.control = parts.control();
        this.outcomes = parts.outcomes();
        this.meters = parts.meters();
        this.clock = parts.clock();
    }

    /** After a failed attempt, until the next one is due. */
    void retry(Pair pair, TargetRoute route, DeliveryResult.Failed result, Instant now, Instant at) {
        RetryTier tier = RetryTier.within(Duration.between(now, at));
        moveOn(
                pair,
                List.of(
                        Outcomes.retry(pair, tier.topic(lane), at),
                        Outcomes.attemptFailed(pair, route, result, now, at)));
    }

    /**
     * Until its target may be well again, without spending an attempt; the more of its pairs wait, the longer.
     *
     * @return false if the break that the receiver asked for outlasts the pair: then nothing was done
     */
    boolean park(Pair pair, TargetRoute route, String why) {
        TargetGate gate = control.gate(pair.targetId());
        Instant now = clock.instant();
        TargetGate.View view = gate.view(route.target().options(), control.instances(), System.nanoTime());
        Duration asked = Duration.ofNanos(view.nanosUntilAllowed());
        Duration usual = parkingTier(view.parked()).delay();
        Instant until = now.plus(usual.compareTo(asked) < 0 ? asked : usual);
        if (!asked.isZero() && end(pair, route).isBefore(until)) {
            return false;
        }
        boolean first = pair.headers().deferrals() == 0;
        pair.deferred();
        gate.parked(System.nanoTime());
        RetryTier tier = RetryTier.within(Duration.between(now, until));
        ProducerRecord<byte[], byte[]> copy = Outcomes.retry(pair, tier.topic(lane), until);
        moveOn(pair, first ? List.of(copy, Outcomes.parked(pair, route, why, now, until)) : List.of(copy));
        return true;
    }

    /** As it is, until {@code notBefore}. */
    void hop(Pair pair, Instant notBefore) {
        RetryTier tier = RetryTier.within(Duration.between(clock.instant(), notBefore));
        moveOn(pair, List.of(Outcomes.retry(pair, tier.topic(lane), notBefore)));
    }

    /** While a request is under way, until that must have ended. */
    void giveAway(Pair pair, Duration deadline) {
        RetryTier tier = RetryTier.covering(deadline);
        Instant due = clock.instant().plus(tier.delay());
        pair.enter(Pair.Stage.GIVEN_AWAY);
        meters.putBack(false);
        outcomes.write(List.of(Outcomes.retry(pair, tier.topic(lane), due)), pair.settled());
    }

    /** A pair came out of a retry topic. */
    void taken(PairHeaders headers) {
        meters.taken(headers.parked());
    }

    private void moveOn(Pair pair, List<ProducerRecord<byte[], byte[]>> records) {
        pair.enter(Pair.Stage.ENDED);
        meters.putBack(pair.headers().parked());
        outcomes.write(records, pair.settled());
    }

    private static Instant end(Pair pair, TargetRoute route) {
        return RetrySchedule.parkingEnds(
                route.target().options().retry(),
                pair.event().headers().expiresAt(),
                pair.headers().firstSeen());
    }

    private static RetryTier parkingTier(long parked) {
        if (parked > VERY_MANY_PARKED) {
            return RetryTier.M1;
        }
        return parked > MANY_PARKED ? RetryTier.S16 : RetryTier.S4;
    }
}
