package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.dispatcher.gate.Ending;
import com.audiojones.bus.dispatcher.gate.TargetGate;
import com.audiojones.bus.dispatcher.state.Alerts;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.target.Target;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells a target's gate and whoever watches it what the end of a request says about it. */
final class TargetFeedback {

    private final Lane lane;
    private final TargetControl control;

    TargetFeedback(Lane lane, TargetControl control) {
        this.lane = lane;
        this.control = control;
    }

    /** A receiver that refuses one event on purpose is well. A request that never went out says nothing about it. */
    void ended(LaneEvent event, Target target, LaneScheduler.Start start, long startedNanos, DeliveryResult result) {
        DeliveryResult.Failed failed = result instanceof DeliveryResult.Failed f ? f : null;
        TargetGate gate = control.gate(target.id());
        long now = System.nanoTime();
        if (failed != null && failed.isOurs()) {
            gate.withdrawn(lane, start.probe(), now);
            return;
        }
        boolean well = failed == null || failed.isRefusal();
        Ending ending = new Ending(
                well,
                failed != null && failed.isOverload(),
                start.probe(),
                startedNanos,
                result.timing().total(),
                failed == null ? Duration.ZERO : failed.retryAfter());
        TargetGate.Change change = gate.finished(lane, ending, target.options(), control.instances(), now);
        boolean quiet = Alerts.isAlert(event.id());
        Supplier<TargetGate.View> view = () -> gate.view(target.options(), control.instances(), System.nanoTime());
        if (failed == null || failed.then() == DeliveryResult.Then.ABORT) {
            control.watch().succeeded(target, change, view, quiet);
        } else {
            control.watch().failed(target, change, view, quiet);
        }
        if (result.disablesTarget()) {
            control.watch().disable(target, "the receiver asked for it (status " + result.status() + ")", view);
        }
    }
}
