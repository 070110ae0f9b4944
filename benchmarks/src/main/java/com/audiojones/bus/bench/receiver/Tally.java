package com.audiojones.bus.bench.receiver;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

/** What arrived, by path. Safe for use by many threads. */
final class Tally {

    private final Map<String, PathTally> paths = new ConcurrentHashMap<>();

    /** One path's arrivals. */
    private static final class PathTally {
        private final ReentrantLock lock = new ReentrantLock();

        /** Guarded by {@code lock}, as the others. */
        private int count;

        private int timed;
        private long[] latencies = new long[64];

        void add(long latencyNanos) {
            lock.lock();
            try {
                count++;
                if (latencyNanos >= 0) {
                    if (timed == latencies.length) {
                        latencies = Arrays.copyOf(latencies, timed * 2);
                    }
                    latencies[timed++] = latencyNanos;
                }
            } finally {
                lock.unlock();
            }
        }

        int count() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }

        LongStream latencies() {
            lock.lock();
            try {
                return Arrays.stream(Arrays.copyOf(latencies, timed));
            } finally {
                lock.unlock();
            }
        }
    }

    /** Counts one arrival; a negative latency is none. */
    void arrived(String path, long latencyNanos) {
        paths.computeIfAbsent(path, unseen -> new PathTally()).add(latencyNanos);
    }

    /** Arrivals on all paths that begin so. */
    int count(String prefix) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToInt(entry -> entry.getValue().count())
                .sum();
    }

    /** The latencies, in nanoseconds, of all paths that begin so, in no order. */
    long[] latencies(String prefix) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .flatMapToLong(entry -> entry.getValue().latencies())
                .toArray();
    }

    void reset() {
        paths.clear();
    }
}
