package com.audiojones.bus.dispatcher.gate;

import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.TargetOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when requests to one target may start. One per target and process, used by all lanes. Times are nanoseconds of
 * one monotonic clock. Safe for use by many threads; never blocks for long.
 */
public final class TargetGate {

    /** From this latency on a target counts as slow. */
    private static final double SLOW_NANOS = Duration.ofSeconds(2).toNanos();

    /** Pairs that wait in retry topics come back within seconds: a short window holds about all of them. */
    private static final Duration PARKINGS_WINDOW = Duration.ofSeconds(16);

    private static final double LATENCY_WEIGHT = 0.2;

    /** No receiver is given a longer break. */
    private static final long LONGEST_BREAK = Duration.ofHours(24).toNanos();

    private final CircuitBreaker breaker = new CircuitBreaker();
    private final ConcurrencyLimit limit = new ConcurrencyLimit();
    private final TokenBucket bucket = new TokenBucket();
    private final InFlight inFlight = new InFlight();
    private double latencyNanos;
    private long notBeforeNanos;
    private boolean hasNotBefore;
    private final RecentCount parkings = new RecentCount(PARKINGS_WINDOW);

    /** What a request's end changed that others should know of. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** The target fails: it was well before. */
        OPENED,
        /** A probe failed. */
        STILL_OPEN,
        /** The target is back. */
        CLOSED,
        /** The receiver asked for a break. */
        RESTING
    }

    /**
     * A look at the gate.
     *
     * @param open whether the breaker holds requests back
     * @param nanosUntilProbe how long until the next probe
     * @param nanosUntilAllowed how long the receiver's Retry-After still holds; 0: not
     * @param limit how many requests at a time
     * @param inFlight how many there are
     * @param latencyMillis smoothed
     * @param parked how many pairs this process has parked for it lately, in 16 to 32 seconds
     */
    public record View(
            boolean open,
            long nanosUntilProbe,
            long nanosUntilAllowed,
            int limit,
            int inFlight,
            double latencyMillis,
            long parked) {}

    /**
     * Asks for a request to start.
     *
     * @param lane the request's lane; a quarter of the target's limit is for the high lane alone
     * @param most the most requests of this lane to one target
     * @param options the target's options
     * @param instances how many dispatchers share the target's rate and concurrency
     */
    public synchronized Admission admit(Lane lane, int most, TargetOptions options, int instances, long now) {
        Admission.Wait shut = shut(now);
        if (shut != null) {
            return shut;
        }
        boolean probe = breaker.isProbeDue(now);
        int current = limit(options, instances);
        int room = Math.min(inFlight.room(lane, current), most - inFlight.of(lane));
        if (probe
                ? inFlight.total() >= configured(options, instances)
                : Math.min(room, breaker.room(inFlight.total())) <= 0) {
            return Admission.Wait.AT_LIMIT;
        }
        Double rate = options.ratePerSecond();
        if (rate != null && !bucket.tryTake(rate / instances, now)) {
            return Admission.Wait.RATE;
        }
        if (probe) {
            breaker.probeStarts();
        }
        inFlight.started(lane);
        return new Admission.Go(probe);
    }

    /** Tells of a request that was admitted and never went out; a probe is due again after a while. */
    public synchronized void withdrawn(Lane lane, boolean probe, long now) {
        inFlight.ended(lane);
        if (probe) {
            breaker.failed(now, now, true);
        }
    }

    /** Whether no request is under way. */
    public synchronized boolean isIdle() {
        return inFlight.total() == 0;
    }

    /** Tells that nobody will tell of the ends of a lane's requests any more. */
    public synchronized void abandoned(Lane lane, long now) {
        inFlight.abandoned(lane);
        if (breaker.isOpen()) {
            breaker.failed(now, now, true);
        }
    }

    /** Tells of the end of a request that was admitted. */
    public synchronized Change finished(Lane lane, Ending ending, TargetOptions options, int instances, long now) {
        int current = limit(options, instances);
        boolean atLimit = inFlight.total() >= current || inFlight.room(lane, current) <= 0;
        inFlight.ended(lane);
        double latency = ending.latency().toNanos();
        latencyNanos = latencyNanos == 0 ? latency : latencyNanos + LATENCY_WEIGHT * (latency - latencyNanos);
        rest(ending.retryAfter().toNanos(), now);
        return ending.success() ? succeeded(atLimit, now) : failed(ending, now);
    }

    private Change succeeded(boolean atLimit, long now) {
        boolean wasOpen = breaker.isOpen();
        breaker.succeeded(now);
        if (wasOpen) {
            limit.restored();
            return Change.CLOSED;
        }
        limit.succeeded(atLimit);
        return Change.NONE;
    }

    private Change failed(Ending ending, long now) {
        boolean wasOpen = breaker.isOpen();
        if (ending.overload()) {
            limit.overloaded(ending.startedNanos(), now);
        }
        breaker.failed(ending.startedNanos(), now, ending.probe());
        Change other = ending.retryAfter().isZero() ? Change.NONE : Change.RESTING;
        if (wasOpen) {
            return ending.probe() ? Change.STILL_OPEN : other;
        }
        return breaker.isOpen() ? Change.OPENED : other;
    }

    /** Why nothing may start, null: something may. */
    private Admission.@Nullable Wait shut(long now) {
        if (isResting(now)) {
            return Admission.Wait.RETRY_AFTER;
        }
        return breaker.isOpen() && !breaker.isProbeDue(now) ? Admission.Wait.BREAKER_OPEN : null;
    }

    /** Whether the target is in trouble, so that what is for it should not wait in a lane. */
    public synchronized boolean isShut(long now) {
        return shut(now) != null;
    }

    /** Whether the receiver's Retry-After holds; nothing probes before it has passed. */
    private boolean isResting(long now) {
        hasNotBefore = hasNotBefore && notBeforeNanos - now > 0;
        return hasNotBefore;
    }

    /** Whether the next request would find out if the target is back. */
    public synchronized boolean isProbeDue(long now) {
        return breaker.isProbeDue(now);
    }

    /** Whether requests take so long that they must not take all permits. */
    public synchronized boolean isSlow() {
        return latencyNanos > SLOW_NANOS;
    }

    /**
     * Takes over what another dispatcher found out. Its clock may be wrong: times are cut to what could be found out here.
     *
     * @param nanosUntilProbe until the next probe, where it is open
     * @param nanosUntilAllowed what is left of the break the receiver asked for; 0 or less: nothing
     */
    public synchronized void learn(boolean open, long nanosUntilProbe, long nanosUntilAllowed, long now) {
        if (open) {
            breaker.openElsewhere(now + Math.clamp(nanosUntilProbe, 0, CircuitBreaker.LONGEST_OPEN.toNanos()));
        } else if (breaker.isOpen()) {
            breaker.succeeded(now);
            limit.restored();
        }
        rest(Math.min(nanosUntilAllowed, LONGEST_BREAK), now);
    }

    /** Of several breaks asked for the one that ends last holds. */
    private void rest(long nanos, long now) {
        if (nanos > 0 && (!isResting(now) || notBeforeNanos - now < nanos)) {
            hasNotBefore = true;
            notBeforeNanos = now + nanos;
        }
    }

    /** A pair was parked. */
    public synchronized void parked(long now) {
        parkings.add(now);
    }

    /** A look at the gate. */
    public synchronized View view(TargetOptions options, int instances, long now) {
        return new View(
                breaker.isOpen(),
                breaker.nanosUntilProbe(now),
                isResting(now) ? notBeforeNanos - now : 0,
                limit(options, instances),
                inFlight.total(),
                latencyNanos / 1e6,
                parkings.count(now));
    }

    private int limit(TargetOptions options, int instances) {
        return limit.current(configured(options, instances));
    }

    private static int configured(TargetOptions options, int instances) {
        Integer most = options.maxInFlight();
        return most == null ? ConcurrencyLimit.MOST : Math.max(1, most / instances);
    }
}
