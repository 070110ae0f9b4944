package com.audiojones.bus.sdk;

import com.audiojones.bus.publish.PublishCounts.Circuit;
import com.audiojones.bus.publish.PublishListener;
import java.util.List;

/** Notes what it is told. */
record HearsCircuits(List<Circuit> heard) implements PublishListener {

    @Override
    public void circuitChanged(Circuit circuit) {
        heard.add(circuit);
    }
}
