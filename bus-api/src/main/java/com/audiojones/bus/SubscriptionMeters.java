package com.audiojones.bus;

import com.audiojones.bus.subscribe.Subscription;
import com.audiojones.bus.subscribe.SubscriptionCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of subscriptions. Members of one group in one process share theirs, as a registry keeps one meter of a name
 * and tags; closed ones still count, so that nothing counts backwards. Called by one thread at a time.
 */
final class SubscriptionMeters {

    private static final Logger LOG = LoggerFactory.getLogger("com.audiojones.bus.EventBus");

    private final MeterRegistry registry;
    private final Tags tags;

    /** Registries hold the lists weakly: here they are kept. */
    private final Map<Tags, List<Subscription>> members = new HashMap<>();

    SubscriptionMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** A registry that refuses meters must not stop a subscription. */
    void add(Subscription subscription) {
        Tags own = tags.and("group", subscription.group(), "pattern", subscription.pattern());
        try {
            members.computeIfAbsent(own, this::register).add(subscription);
        } catch (RuntimeException e) {
            LOG.warn("no meters of group {}: {}", subscription.group(), e.toString());
        }
    }

    private List<Subscription> register(Tags own) {
        List<Subscription> group = new CopyOnWriteArrayList<>();
        counter(group, own, "handled", "Events acknowledged by the handler", SubscriptionCounts::handled);
        counter(group, own, "attempts.failed", "Attempts that failed", SubscriptionCounts::failedAttempts);
        counter(group, own, "dead.lettered", "Events given up", SubscriptionCounts::deadLettered);
        counter(group, own, "expired", "Events whose time to live had passed", SubscriptionCounts::expired);
        Gauge.builder("bus.subscriber.in.flight", group, asked -> sum(asked, SubscriptionCounts::inFlight))
                .description("Events taken on and not yet settled")
                .tags(own)
                .register(registry);
        Gauge.builder("bus.subscriber.ready", group, SubscriptionMeters::ready)
                .description("Subscriptions that nothing hinders")
                .tags(own)
                .register(registry);
        return group;
    }

    private void counter(
            List<Subscription> group,
            Tags own,
            String name,
            String description,
            ToDoubleFunction<SubscriptionCounts> value) {
        FunctionCounter.builder("bus.subscriber." + name, group, asked -> sum(asked, value))
                .description(description)
                .tags(own)
                .register(registry);
    }

    private static double sum(List<Subscription> group, ToDoubleFunction<SubscriptionCounts> value) {
        return group.stream()
                .mapToDouble(member -> value.applyAsDouble(member.counts()))
                .sum();
    }

    private static double ready(List<Subscription> group) {
        return group.stream().filter(member -> member.notReady().isEmpty()).count();
    }
}
