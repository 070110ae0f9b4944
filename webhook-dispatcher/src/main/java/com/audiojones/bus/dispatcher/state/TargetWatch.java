package com.audiojones.bus.dispatcher.state;

import com.audiojones.bus.delivery.TargetState;
import com.audiojones.bus.delivery.TargetState.Breaker;
import com.audiojones.bus.delivery.TargetState.Status;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.target.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows how targets fare over days: notes since when one has failed, disables it when that takes too long or the
 * receiver asks for it, tells the other dispatchers and the operators. Safe for use by many threads.
 */
public final class TargetWatch {

    private static final List<Integer> WARN_AT_PERCENT = List.of(50, 70, 90);

    /** A row of failures that lasts as long is noted for the time after a restart, were it only a few. */
    private static final Duration NOTED_AFTER = Duration.ofMinutes(1);

    private final Function<String, @Nullable TargetState> states;
    private final BiConsumer<String, TargetState> writing;
    private final Alerts alerts;
    private final Duration disableAfter;
    private final String instance;
    private final Clock clock;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();
    /** The versions of targets that were disabled here, until all dispatchers know and after. */
    private final Map<String, Long> disabledHere = new ConcurrentHashMap<>();

    /**
     * A row of failures.
     *
     * @param since when the first came
     * @param noted whether it is on record, so that its end has to be
     * @param warnedPercent of which share of the time to disabling operators were told
     */
    private record Failing(Instant since, boolean noted, int warnedPercent) {}

    /**
     * Watches with nothing known yet but what {@code states} says.
     *
     * @param states the state in force of a target
     * @param writing puts a state in force for all dispatchers
     * @param disableAfter how long a target may fail without one success
     * @param instance this dispatcher's name among all
     */
    public TargetWatch(
            Function<String, @Nullable TargetState> states,
            BiConsumer<String, TargetState> writing,
            Alerts alerts,
            Duration disableAfter,
            String instance,
            Clock clock) {
        this.states = states;
        this.writing = writing;
        this.alerts = alerts;
        this.disableAfter = disableAfter;
        this.instance = instance;
        this.clock = clock;
    }

    /** Whether deliveries to a target go straight to the dead letters: it was disabled and has not been changed since. */
    public boolean isDisabled(Target target) {
        Long here = disabledHere.get(target.id());
        if (here != null && here >= target.version()) {
            return true;
        }
        TargetState state = states.apply(target.id());
        return state != null && state.status() == Status.DISABLED && state.targetVersion() >= target.version();
    }

    /** Since when a target has failed without a success, null: it has not. */
    public @Nullable Instant failingSince(String targetId) {
        Failing row = failing.get(targetId);
        return row == null ? null : row.since();
    }

    /** Why a target is disabled, null: it is not. */
    public @Nullable String disabledReason(Target target) {
        TargetState state = states.apply(target.id());
        return state != null && isDisabled(target) ? state.reason() : null;
    }

    /**
     * A request was answered with success.
     *
     * @param change what that meant for the gate
     * @param quiet whether operators are not told, since the event was itself an alert
     */
    public void succeeded(Target target, TargetGate.Change change, Supplier<TargetGate.View> gate, boolean quiet) {
        Failing ended = failing.remove(target.id());
        if (isDisabled(target)) {
            return;
        }
        TargetState state = states.apply(target.id());
        boolean onRecord = state != null
                && state.status() == Status.ACTIVE
                && (state.failingSince() != null || (ended != null && state.breaker() == Breaker.OPEN));
        if (change == TargetGate.Change.CLOSED || onRecord || (ended != null && ended.noted())) {
            write(target, Status.ACTIVE, null, null, gate);
        }
        if (change == TargetGate.Change.CLOSED && !quiet) {
            alerts.resolved(
                    target.id(), "Webhook target is back", "Target " + target.id() + " accepts deliveries again.");
        }
    }

    /** A request failed; as {@link #succeeded}. What ends after the target was disabled changes nothing any more. */
    public void failed(Target target, TargetGate.Change change, Supplier<TargetGate.View> gate, boolean quiet) {
        if (isDisabled(target)) {
            return;
        }
        Instant now = clock.instant();
        Failing row = failing.computeIfAbsent(target.id(), id -> row(id, now));
        Duration elapsed = Duration.between(row.since(), now);
        if (elapsed.compareTo(disableAfter) >= 0) {
            disable(target, "it has failed since " + row.since() + " without one success", gate);
            return;
        }
        if (change != TargetGate.Change.NONE || (!row.noted() && elapsed.compareTo(NOTED_AFTER) >= 0)) {
            write(target, Status.ACTIVE, null, row.since(), gate);
            row = replaced(target.id(), row, new Failing(row.since(), true, row.warnedPercent()));
        }
        if (change == TargetGate.Change.OPENED && !quiet) {
            alerts.triggered(
                    target.id(),
                    "warning",
                    "Webhook target fails",
                    "Target " + target.id()
                            + " failed many times in a row. Its events wait; requests probe until it is back.");
        }
        if (!quiet) {
            warn(target, row, elapsed);
        }
    }

    /** Disables a target for all dispatchers: in force here at once, there when they read the record. */
    public void disable(Target target, String reason, Supplier<TargetGate.View> gate) {
        if (isDisabled(target)) {
            return;
        }
        Long before = disabledHere.put(target.id(), target.version());
        if (before != null && before >= target.version()) {
            return;
        }
        write(target, Status.DISABLED, reason, failingSince(target.id()), gate);
        failing.remove(target.id());
        alerts.triggered(
                target.id(),
                "high",
                "Webhook target disabled",
                "Target " + target.id() + " was disabled: " + reason
                        + ". Its events go to the dead letters; change or save the target to enable it, then redrive.");
    }

    /** The target was removed. */
    void forget(String targetId) {
        failing.remove(targetId);
        disabledHere.remove(targetId);
    }

    /** Another dispatcher wrote a state. */
    void learn(String targetId, TargetState state) {
        Instant since = state.status() == Status.DISABLED ? null : state.failingSince();
        if (since == null) {
            failing.remove(targetId);
        } else {
            failing.compute(
                    targetId,
                    (id, row) -> row == null || since.isBefore(row.since()) ? new Failing(since, true, 0) : row);
        }
    }

    private void warn(Target target, Failing row, Duration elapsed) {
        long percent = elapsed.toMillis() * 100 / Math.max(disableAfter.toMillis(), 1);
        int reached = WARN_AT_PERCENT.stream().filter(step -> step <= percent).reduce(0, Math::max);
        if (reached <= row.warnedPercent()) {
            return;
        }
        replaced(target.id(), row, new Failing(row.since(), row.noted(), reached));
        alerts.triggered(
                target.id(),
                "high",
                "Webhook target will be disabled",
                "Target " + target.id() + " has failed since " + row.since() + ", " + reached + " % of the "
                        + disableAfter.toHours() + " hours after which it is disabled.");
    }

    private Failing replaced(String targetId, Failing row, Failing by) {
        failing.replace(targetId, row, by);
        return by;
    }

    private Failing row(String targetId, Instant now) {
        TargetState state = states.apply(targetId);
        Instant known = state == null || state.status() == Status.DISABLED ? null : state.failingSince();
        return new Failing(known == null ? now : known, known != null, 0);
    }

    private void write(
            Target target,
            Status status,
            @Nullable String reason,
            @Nullable Instant since,
            Supplier<TargetGate.View> looking) {
        Instant now = clock.instant();
        TargetGate.View gate = looking.get();
        writing.accept(
                target.id(),
                new TargetState(
                        status,
                        target.version(),
                        reason,
                        since,
                        gate.open() ? Breaker.OPEN : Breaker.CLOSED,
                        gate.open() ? now.plusNanos(gate.nanosUntilProbe()) : null,
                        gate.nanosUntilAllowed() > 0 ? now.plusNanos(gate.nanosUntilAllowed()) : null,
                        gate.limit(),
                        gate.parked(),
                        instance,
                        now));
    }
}
