package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.target.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait between attempts, and when a pair has had its time. Standard: by priority, as the settings are now, within
 * the event's time to live. Extended: ten attempts over about three days with a jitter of a fifth, within 96 hours of
 * the match whatever the event's time to live. Pure, but for the random numbers passed in.
 */
final class RetrySchedule {

    private static final List<Duration> EXTENDED = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    private static final double JITTER = 0.2;
    private static final Duration EXTENDED_LIFE = Duration.ofHours(96);
    private static final Duration LONGEST_PARKING = Duration.ofHours(24);

    private final Supplier<LiveSettings> settings;
    private final RandomGenerator random;

    /** What is set when an attempt ends decides on the next. */
    RetrySchedule(Supplier<LiveSettings> settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** The wait before the next attempt; empty: none is left. */
    Optional<Duration> waitAfter(RetryPolicy policy, Priority priority, int attemptsSpent) {
        List<Duration> plan = plan(policy, priority);
        if (attemptsSpent > plan.size()) {
            return Optional.empty();
        }
        Duration wait = attemptsSpent == 0 ? Duration.ZERO : plan.get(attemptsSpent - 1);
        return Optional.of(policy == RetryPolicy.EXTENDED ? jittered(wait) : wait);
    }

    /** Whether the attempt under way is the last one. */
    boolean isLast(RetryPolicy policy, Priority priority, int attemptsSpent) {
        return attemptsSpent >= plan(policy, priority).size();
    }

    /** When attempts end, null: never. */
    static @Nullable Instant attemptsEnd(RetryPolicy policy, @Nullable Instant expiresAt, Instant firstSeen) {
        return policy == RetryPolicy.EXTENDED ? firstSeen.plus(EXTENDED_LIFE) : expiresAt;
    }

    /** When waiting for a target in trouble ends. */
    static Instant parkingEnds(RetryPolicy policy, @Nullable Instant expiresAt, Instant firstSeen) {
        Instant end = attemptsEnd(policy, expiresAt, firstSeen);
        Instant longest = firstSeen.plus(LONGEST_PARKING);
        if (policy == RetryPolicy.EXTENDED && end != null) {
            return end;
        }
        return end == null || longest.isBefore(end) ? longest : end;
    }

    private List<Duration> plan(RetryPolicy policy, Priority priority) {
        return policy == RetryPolicy.EXTENDED ? EXTENDED : settings.get().retryWaits(priority);
    }

    private Duration jittered(Duration wait) {
        double factor = 1 - JITTER + random.nextDouble() * 2 * JITTER;
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }
}
