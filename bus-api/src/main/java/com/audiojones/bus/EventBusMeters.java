package com.audiojones.bus;

import com.audiojones.bus.publish.PublishCounts;
import com.audiojones.bus.publish.PublishCounts.Circuit;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What an event bus counts, for Micrometer: {@code EventBusMeters.of(bus).bindTo(registry)} once, before or after
 * subscriptions are made. Nothing is counted twice for it; the bus is asked when the registry is. The README of bus-api
 * lists the meters.
 */
public final class EventBusMeters implements MeterBinder {

    private final EventBus bus;
    private final Tags tags;

    private EventBusMeters(EventBus bus, Tags tags) {
        this.bus = bus;
        this.tags = tags;
    }

    /**
     * {@return the meters of the process's only event bus}
     *
     * @param bus the bus
     */
    public static EventBusMeters of(EventBus bus) {
        return of(bus, Tags.empty());
    }

    /**
     * {@return the meters of one event bus of several}
     *
     * @param bus the bus
     * @param tags for every meter; they must tell this bus from others in the same registry
     */
    public static EventBusMeters of(EventBus bus, Iterable<Tag> tags) {
        return new EventBusMeters(bus, Tags.of(tags));
    }

    /**
     * Registers the meters: those of publishing now, those of a subscription when it is there. They stay when it is
     * closed, and are read without asking Kafka.
     *
     * @param registry holds the bus weakly, and is held by it
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        counter(
                registry,
                "published",
                "acknowledged by Kafka, those from the spool included",
                PublishCounts::published);
        counter(registry, "failed", "whose future failed, refused ones included", PublishCounts::failed);
        counter(registry, "refused", "not sent, since the circuit was open", PublishCounts::refused);
        counter(registry, "spooled", "written to the spool", PublishCounts::spooled);
        gauge("in.flight", "sent, and not yet acknowledged", PublishCounts::inFlight)
                .register(registry);
        gauge("spool", "what is in the spool now", PublishCounts::spoolBytes)
                .baseUnit("bytes")
                .register(registry);
        for (Circuit circuit : Circuit.values()) {
            gauge("circuit", "1 for the state that the circuit is in", counts -> counts.circuit() == circuit ? 1 : 0)
                    .tag("state", circuit.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        bus.onSubscription(new SubscriptionMeters(registry, tags)::add);
    }

    private void counter(
            MeterRegistry registry, String name, String description, ToDoubleFunction<PublishCounts> value) {
        FunctionCounter.builder("bus.publisher." + name, bus, asked -> value.applyAsDouble(asked.counts()))
                .description("Events " + description)
                .tags(tags)
                .register(registry);
    }

    private Gauge.Builder<EventBus> gauge(String name, String description, ToDoubleFunction<PublishCounts> value) {
        return Gauge.builder("bus.publisher." + name, bus, asked -> value.applyAsDouble(asked.counts()))
                .description(description)
                .tags(tags);
    }
}
