package com.audiojones.bus.topic;

import com.audiojones.bus.lane.Lane;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The waits that retry topics stand for, shortest first. Every record of a tier waits equally long, so the first record
 * of a partition is always the first one due. A longer wait goes through several tiers.
 */
public enum RetryTier {
    /** 2 seconds. */
    S2("2s", Duration.ofSeconds(2)),
    /** 4 seconds. */
    S4("4s", Duration.ofSeconds(4)),
    /** 5 seconds. */
    S5("5s", Duration.ofSeconds(5)),
    /** 8 seconds. */
    S8("8s", Duration.ofSeconds(8)),
    /** 16 seconds. */
    S16("16s", Duration.ofSeconds(16)),
    /** 1 minute. */
    M1("1m", Duration.ofMinutes(1)),
    /** 10 minutes. */
    M10("10m", Duration.ofMinutes(10)),
    /** 1 hour. */
    H1("1h", Duration.ofHours(1));

    private static final String PREFIX = "webhook.retry.";

    private final String label;
    private final Duration delay;

    RetryTier(String label, Duration delay) {
        this.label = label;
        this.delay = delay;
    }

    /** {@return how the tier is called in the names of topics} */
    public String label() {
        return label;
    }

    /** {@return how long a record waits here} */
    public Duration delay() {
        return delay;
    }

    /**
     * {@return the tier's topic for a lane: a flood of one lane's retries is not before another's}
     *
     * @param lane the lane
     */
    public String topic(Lane lane) {
        return PREFIX + lane.label() + "." + label;
    }

    /**
     * {@return the topics of all tiers of a lane}
     *
     * @param lane the lane
     */
    public static List<String> topics(Lane lane) {
        return Arrays.stream(values()).map(tier -> tier.topic(lane)).toList();
    }

    /**
     * {@return the tier of a topic}
     *
     * @param topic a retry topic
     */
    public static Optional<RetryTier> ofTopic(String topic) {
        String label = topic.substring(topic.lastIndexOf('.') + 1);
        return topic.startsWith(PREFIX)
                ? Arrays.stream(values())
                        .filter(tier -> tier.label.equals(label))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * {@return the longest tier that is not longer than a wait; the shortest one for waits below all}
     *
     * @param wait what is left to wait
     */
    public static RetryTier within(Duration wait) {
        RetryTier found = S2;
        for (RetryTier tier : values()) {
            if (tier.delay.compareTo(wait) <= 0) {
                found = tier;
            }
        }
        return found;
    }

    /**
     * {@return the shortest tier that is not shorter than a wait; the longest one for waits above all}
     *
     * @param wait what is left to wait
     */
    public static RetryTier covering(Duration wait) {
        return Arrays.stream(values())
                .filter(tier -> tier.delay.compareTo(wait) >= 0)
                .findFirst()
                .orElse(H1);
    }
}
