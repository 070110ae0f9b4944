package com.audiojones.bus.subscribe;

import com.audiojones.bus.topic.RetryTier;
import com.audiojones.bus.topic.TopicSpec;
import com.audiojones.bus.topic.TopicSpec.Cleanup;
import com.audiojones.bus.topic.TopicSpec.Size;
import com.audiojones.bus.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The topics of one group of subscribers. */
final class GroupTopics {

    static final String PREFIX = "bus.sub.";
    static final String DEAD_LETTERS = ".dlq";

    private static final Duration RETRY_RETENTION = Duration.ofDays(7);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private final String prefix;
    private final Map<String, Duration> delays;

    GroupTopics(String group) {
        this.prefix = PREFIX + group;
        this.delays = Stream.of(RetryTier.values())
                .filter(tier -> tier.delay().compareTo(Duration.ofMinutes(1)) < 0)
                .collect(Collectors.toUnmodifiableMap(this::retry, RetryTier::delay));
    }

    String deadLetters() {
        return prefix + DEAD_LETTERS;
    }

    /** The topic in which records wait so long, at least. */
    String retryAfter(Duration wait) {
        return retry(RetryTier.covering(wait));
    }

    /** What the names of the retry topics begin with. */
    String retryPrefix() {
        return prefix + ".retry.";
    }

    /** The retry topics and how long records wait in each. */
    Map<String, Duration> delays() {
        return delays;
    }

    /** What the topics are like; those for retries only where they are used. */
    List<TopicSpec> specs(boolean withRetries) {
        Stream<TopicSpec> retries = delays.keySet().stream().map(name -> spec(name, RETRY_RETENTION));
        Stream<TopicSpec> deadLetters = Stream.of(spec(deadLetters(), DEAD_LETTER_RETENTION));
        return (withRetries ? Stream.concat(deadLetters, retries) : deadLetters).toList();
    }

    private String retry(RetryTier tier) {
        return retryPrefix() + tier.label();
    }

    private static TopicSpec spec(String name, Duration retention) {
        return new TopicSpec(
                name, Size.SINGLE, Cleanup.DELETE, retention, Topics.LANE_MAX_BYTES + Topics.HEADROOM_BYTES);
    }
}
