package com.audiojones.bus.admin.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses the admin key: after some failures an address has to wait. Keeps the latest addresses only, which
 * bounds the memory. Safe for use by many threads.
 */
public final class SignInThrottle {

    static final int FREE_FAILURES = 5;
    static final int MAX_ADDRESSES = 1_000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 8;

    private final Clock clock;

    /** Guarded by itself. */
    private final Map<String, Failures> byAddress = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    private record Failures(int count, Instant openAt) {}

    /**
     * Begins without failures.
     *
     * @param clock tells how much of a wait is over
     */
    public SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * {@return how long an address has to wait until it may try; zero: not at all}
     *
     * @param address who asks
     */
    public Duration waitOf(String address) {
        synchronized (byAddress) {
            Failures failures = byAddress.get(address);
            Instant now = clock.instant();
            return failures == null || !failures.openAt().isAfter(now)
                    ? Duration.ZERO
                    : Duration.between(now, failures.openAt());
        }
    }

    /**
     * Notes a wrong key. From the sixth in a row on each doubles the wait, up to five minutes.
     *
     * @param address who gave it
     */
    public void failed(String address) {
        synchronized (byAddress) {
            Failures before = byAddress.remove(address);
            int count = before == null ? 1 : before.count() + 1;
            byAddress.put(address, new Failures(count, clock.instant().plus(wait(count))));
        }
    }

    /**
     * Forgets the failures of an address.
     *
     * @param address who gave the right key
     */
    public void succeeded(String address) {
        synchronized (byAddress) {
            byAddress.remove(address);
        }
    }

    private static Duration wait(int failures) {
        if (failures < FREE_FAILURES) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - FREE_FAILURES, MAX_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
