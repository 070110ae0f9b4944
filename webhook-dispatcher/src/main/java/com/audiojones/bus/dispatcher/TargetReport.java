package com.audiojones.bus.dispatcher;

import com.audiojones.bus.dispatcher.deliver.SupervisedLane;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.dispatcher.target.TargetRoute;
import com.audiojones.bus.target.Target;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of each target what state it is in for this dispatcher, when it is tried next, and why. Any thread. */
final class TargetReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TargetReader targets;
    private final TargetControl control;
    private final List<SupervisedLane> lanes;
    private final Clock clock;

    TargetReport(TargetReader targets, TargetControl control, List<SupervisedLane> lanes, Clock clock) {
        this.targets = targets;
        this.control = control;
        this.lanes = lanes;
        this.clock = clock;
    }

    String json() {
        List<Map<String, Object>> all = targets.routes().stream()
                .sorted(Comparator.comparing(
                        (TargetRoute route) -> route.target().id()))
                .map(this::entry)
                .toList();
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("targets", all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are always JSON", e);
        }
    }

    private Map<String, Object> entry(TargetRoute route) {
        Target target = route.target();
        TargetGate.View gate = control.gate(target.id()).view(target.options(), control.instances(), System.nanoTime());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", target.id());
        entry.put("state", state(route, gate));
        entry.put("why", why(route, gate));
        entry.put("breaker", gate.open() ? "open" : "closed");
        entry.put("in_flight", gate.inFlight());
        entry.put("in_flight_limit", gate.limit());
        entry.put(
                "waiting",
                lanes.stream().mapToInt(lane -> lane.waiting(target.id())).sum());
        entry.put("parked_lately", gate.parked());
        entry.put("latency_ms", Math.round(gate.latencyMillis()));
        put(entry, "rate_per_second", target.options().ratePerSecond());
        put(entry, "next_request_at", next(gate));
        put(entry, "failing_since", control.watch().failingSince(target.id()));
        return entry;
    }

    private String state(TargetRoute route, TargetGate.View gate) {
        Target target = route.target();
        if (control.watch().isDisabled(target)) {
            return "disabled";
        }
        if (target.options().paused()) {
            return "paused";
        }
        if (!target.active()) {
            return "inactive";
        }
        return gate.open() || gate.nanosUntilAllowed() > 0 ? "waiting" : "active";
    }

    private String why(TargetRoute route, TargetGate.View gate) {
        Target target = route.target();
        String disabled = control.watch().disabledReason(target);
        if (disabled != null) {
            return "disabled: " + disabled + "; save the target to enable it";
        }
        if (target.options().paused()) {
            return "paused by its settings: its events go to the dead letters";
        }
        if (!target.active()) {
            return "active is false: it matches no events";
        }
        if (gate.nanosUntilAllowed() > 0) {
            return "the receiver asked for a break by Retry-After";
        }
        if (gate.open()) {
            return "it failed 10 times in a row or more: one request at a time finds out whether it is back";
        }
        return "delivering";
    }

    private @Nullable Instant next(TargetGate.View gate) {
        long nanos = Math.max(gate.nanosUntilAllowed(), gate.open() ? gate.nanosUntilProbe() : 0);
        return nanos == 0 ? null : clock.instant().plusNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
    }

    private static void put(Map<String, Object> entry, String name, @Nullable Object value) {
        if (value != null) {
            entry.put(name, value instanceof Instant time ? time.toString() : value);
        }
    }
}
