package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.lane.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of one lane. matched pairs = delivered + dead-lettered; events = events with a pair + unmatched. */
final class LaneMeters {

    private final Counter delivered;
    private final Counter deadLettered;
    private final Counter unmatched;
    private final Timer request;

    LaneMeters(MeterRegistry registry, Lane lane) {
        this.delivered = pairs(registry, lane, "delivered");
        this.deadLettered = pairs(registry, lane, "dead-lettered");
        this.unmatched = registry.counter("bus.dispatcher.unmatched", "lane", lane.label());
        this.request = registry.timer("bus.dispatcher.request", "lane", lane.label());
    }

    void unmatched() {
        unmatched.increment();
    }

    void ended(DeliveryResult result) {
        request.record(Duration.ofMillis(result.tookMillis()));
        switch (result) {
            case DeliveryResult.Delivered d -> delivered.increment();
            case DeliveryResult.Failed f -> deadLettered.increment();
        }
    }

    private static Counter pairs(MeterRegistry registry, Lane lane, String outcome) {
        return registry.counter("bus.dispatcher.pairs", "lane", lane.label(), "outcome", outcome);
    }
}
