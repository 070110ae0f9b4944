package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.consume.DurableWriter;
import com.audiojones.bus.dispatcher.state.TargetControl;
import com.audiojones.bus.dispatcher.target.TargetReader;
import com.audiojones.bus.lane.Lane;
import java.time.Clock;

/** What the engine of a lane works with. */
record LaneParts(
        Lane lane,
        int permits,
        LaneShared shared,
        Attempt attempt,
        DurableWriter outcomes,
        RetrySchedule schedule,
        LaneMeters meters,
        Clock clock) {

    TargetReader targets() {
        return shared.targets();
    }

    TargetControl control() {
        return shared.control();
    }
}
