package com.audiojones.bus.router.route;

import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Decides which share of events is kept, by their ids alone: routers, restarts and replays agree, and whoever knows the
 * rate can tell in any language. An event is kept where the first 8 bytes of the SHA-256 of its id, read as a fraction of
 * 2^64, are below the rate.
 */
final class Sampler {

    private static final double TWO_TO_53 = 0x1p53;
    private static final int LOWER_BITS = 64 - 53;

    private Sampler() {}

    /** The share that is kept of events like this one: all of what is urgent, about security or compliance. */
    static double rate(String topic, String name, Priority priority, LiveSettings settings) {
        return priority == Priority.P0 || Topics.protectedIngest().contains(topic) ? 1 : settings.samplingRate(name);
    }

    static boolean keeps(EventId id, double rate) {
        return rate >= 1 || fraction(id) < rate;
    }

    /** From 0 to below 1, evenly. */
    private static double fraction(EventId id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.value().getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> LOWER_BITS) / TWO_TO_53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
