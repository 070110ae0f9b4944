package com.audiojones.bus.dispatcher.state;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which dispatchers there are, by the signs of life that they leave in {@code webhook.target-state}. Only {@link #count}
 * may be called by any thread; all else is for the thread that reads the topic.
 */
final class Dispatchers {

    private static final String PREFIX = "_dispatcher:";
    private static final Duration SIGN_EVERY = Duration.ofSeconds(3);
    private static final Duration LIFE_ENDS = Duration.ofSeconds(10);

    /** A sign of life this old is of a dispatcher that was killed: nobody else takes it off the topic. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final String ownKey;
    private final Clock clock;

    /** When each other dispatcher last gave a sign of life, monotonic. */
    private final Map<String, Long> others = new HashMap<>();

    private boolean hasSigned;
    private long signedNanos;
    private volatile int count = 1;

    /** Knows of nobody yet but the dispatcher of this name. */
    Dispatchers(String instance, Clock clock) {
        this.ownKey = PREFIX + instance;
        this.clock = clock;
    }

    /** Whether a record's key is that of a sign of life. */
    static boolean isKey(String key) {
        return key.startsWith(PREFIX);
    }

    /** The key of this dispatcher's own signs. */
    String ownKey() {
        return ownKey;
    }

    /** How many there are, this one included. Asked for at every request, so it is counted beforehand. */
    int count() {
        return count;
    }

    /**
     * A sign of life was read, or its removal.
     *
     * @param writtenMillis when the broker appended it
     * @return whether it is to be taken off the topic
     */
    boolean saw(String key, boolean alive, long writtenMillis) {
        if (key.equals(ownKey)) {
            return false;
        }
        long ageMillis = clock.millis() - writtenMillis;
        if (alive && ageMillis < LIFE_ENDS.toMillis()) {
            others.put(key, System.nanoTime());
        } else {
            others.remove(key);
        }
        return alive && ageMillis > FORGOTTEN.toMillis();
    }

    /** Forgets those that have been silent for too long. */
    void recount() {
        long now = System.nanoTime();
        others.values().removeIf(seen -> now - seen > LIFE_ENDS.toNanos());
        count = others.size() + 1;
    }

    /** Whether this dispatcher is to give its sign now; it is taken to do so. */
    boolean isSignDue() {
        long now = System.nanoTime();
        boolean due = !hasSigned || now - signedNanos > SIGN_EVERY.toNanos();
        if (due) {
            hasSigned = true;
            signedNanos = now;
        }
        return due;
    }
}
