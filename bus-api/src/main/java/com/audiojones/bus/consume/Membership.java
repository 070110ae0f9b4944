package com.audiojones.bus.consume;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/** Whether the group's coordinator is still there: a poll that brings nothing says nothing about that. Poll thread only. */
final class Membership {

    private static final String METRIC = "last-heartbeat-seconds-ago";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final double SILENCE_SECONDS = 6;

    private final Consumer<?, ?> consumer;
    private @Nullable String trouble;
    private long lookedNanos;

    Membership(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Why the membership is in doubt, null: it is not. Looks at the client's metrics at most once a second. */
    @Nullable
    String trouble(long nowNanos) {
        if (lookedNanos == 0 || nowNanos - lookedNanos > LOOK_EVERY.toNanos()) {
            lookedNanos = nowNanos;
            trouble = look();
        }
        return trouble;
    }

    private @Nullable String look() {
        for (Metric metric : consumer.metrics().values()) {
            if (metric.metricName().name().equals(METRIC)
                    && metric.metricValue() instanceof Double silence
                    && silence > SILENCE_SECONDS) {
                return "Kafka has not been reached for " + silence.longValue() + " s";
            }
        }
        return null;
    }
}
