package com.audiojones.bus.bench;

import com.audiojones.bus.bench.dispatch.DispatchSuite;
import com.audiojones.bus.bench.dispatch.FloodSuite;
import com.audiojones.bus.bench.dispatch.IsolationSuite;
import com.audiojones.bus.bench.dispatch.MemorySuite;
import com.audiojones.bus.bench.e2e.EndToEndSuite;
import com.audiojones.bus.bench.publish.PublishSuite;
import com.audiojones.bus.bench.route.RouteSuite;
import com.audiojones.bus.bench.store.StoreSuite;
import com.audiojones.bus.bench.suite.Suite;
import java.util.List;

/** The catalogue of suites. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Every suite there is. */
    public static List<Suite> suites() {
        return List.of(
                new PublishSuite(),
                new DispatchSuite(),
                new IsolationSuite(),
                new FloodSuite(),
                new MemorySuite(),
                new RouteSuite(),
                new StoreSuite(),
                new EndToEndSuite());
    }
}
