package com.audiojones.bus.subscribe;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription works. Begin with {@link #DEFAULTS}.
 *
 * @param group the consumer group: its members share the events; null: one made of the application and the pattern
 * @param ordered whether events of one key come one after the other, also when one of them fails
 * @param concurrency how many handlers may run at once, per lane, 1 to 10,000
 * @param handlerDeadline how long one attempt may take
 * @param startingNow where a group that is new begins: with events from now on, or with the oldest that Kafka has
 * @param beginsPaused whether it takes nothing on before {@link Subscription#resume()}
 */
public record SubscribeOptions(
        @Nullable String group,
        boolean ordered,
        int concurrency,
        Duration handlerDeadline,
        boolean startingNow,
        boolean beginsPaused) {

    /** Ordered, 64 at once, a minute each; a group that is new begins with the oldest event. */
    public static final SubscribeOptions DEFAULTS =
            new SubscribeOptions(null, true, 64, Duration.ofMinutes(1), false, false);

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,150}");
    private static final int MAX_CONCURRENCY = 10_000;

    /** Checks the values. */
    public SubscribeOptions {
        if (group != null && !GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException(
                    "group: expected 1 to 150 letters, digits, '.', '_' or '-', got '" + group + "'");
        }
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency: expected 1 to " + MAX_CONCURRENCY + ", got " + concurrency);
        }
        if (handlerDeadline.isNegative() || handlerDeadline.isZero()) {
            throw new IllegalArgumentException("handlerDeadline: expected more than 0, got " + handlerDeadline);
        }
    }

    /**
     * {@return these options in a group}
     *
     * @param name 1 to 150 letters, digits, {@code .}, {@code _} or {@code -}
     */
    public SubscribeOptions inGroup(String name) {
        return new SubscribeOptions(name, ordered, concurrency, handlerDeadline, startingNow, beginsPaused);
    }

    /** {@return these options without order: what fails waits in the group's retry topics, and nothing waits for it} */
    public SubscribeOptions unordered() {
        return new SubscribeOptions(group, false, concurrency, handlerDeadline, startingNow, beginsPaused);
    }

    /**
     * {@return these options with another number of handlers}
     *
     * @param handlers how many may run at once, per lane
     */
    public SubscribeOptions withConcurrency(int handlers) {
        return new SubscribeOptions(group, ordered, handlers, handlerDeadline, startingNow, beginsPaused);
    }

    /**
     * {@return these options with another deadline}
     *
     * @param deadline how long one attempt may take
     */
    public SubscribeOptions withHandlerDeadline(Duration deadline) {
        return new SubscribeOptions(group, ordered, concurrency, deadline, startingNow, beginsPaused);
    }

    /** {@return these options for a group that begins, when it is new, with events from now on} */
    public SubscribeOptions fromNow() {
        return new SubscribeOptions(group, ordered, concurrency, handlerDeadline, true, beginsPaused);
    }

    /** {@return these options for a subscription that begins when it is resumed} */
    public SubscribeOptions paused() {
        return new SubscribeOptions(group, ordered, concurrency, handlerDeadline, startingNow, true);
    }
}
