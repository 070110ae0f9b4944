package com.audiojones.bus.router;

import com.audiojones.bus.decision.Decision;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.router.route.RoutingDecision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a router counts. Safe for use by many threads. */
final class RouterMeters {

    private static final String RECORDS = "bus.router.records";

    private final MeterRegistry registry;
    private final Map<Lane, Counter> routed = new EnumMap<>(Lane.class);
    private final Map<Decision, Counter> others = new EnumMap<>(Decision.class);
    private final Counter ttlIgnored;

    RouterMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Lane lane : Lane.values()) {
            routed.put(lane, registry.counter(RECORDS, "decision", Decision.ROUTED.label(), "lane", lane.label()));
        }
        for (Decision decision : Decision.values()) {
            if (decision != Decision.ROUTED) {
                others.put(decision, registry.counter(RECORDS, "decision", decision.label(), "lane", "none"));
            }
        }
        this.ttlIgnored = registry.counter("bus.router.ttl.ignored");
    }

    void count(RoutingDecision decision) {
        switch (decision) {
            case RoutingDecision.Routed to -> {
                increment(routed.get(Lane.of(to.headers().priority())));
                if (to.ttlIgnored()) {
                    ttlIgnored.increment();
                }
            }
            case RoutingDecision.SampledOut out -> increment(others.get(Decision.SAMPLED_OUT));
            case RoutingDecision.Expired expired -> increment(others.get(Decision.EXPIRED));
            case RoutingDecision.Invalid invalid -> increment(others.get(Decision.INVALID));
        }
    }

    /** Records were removed before they were read. */
    void lost(String topic, long count) {
        registry.counter("bus.router.records.lost", "topic", topic).increment(count);
    }

    private static void increment(@Nullable Counter counter) {
        Objects.requireNonNull(counter, "every decision and lane has one").increment();
    }
}
