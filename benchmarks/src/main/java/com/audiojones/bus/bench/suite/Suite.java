package com.audiojones.bus.bench.suite;

import com.audiojones.bus.bench.report.Report;
import java.io.IOException;
import java.util.function.Consumer;

/** Measures one thing and what limits it, in the same run. */
public interface Suite {

    /** The suite's name on the command line. */
    String name();

    /** What it measures, in one sentence. */
    String about();

    /**
     * Runs it; blocks for seconds to minutes.
     *
     * @param options how large
     * @param progress gets a line now and then
     * @throws IOException if the processes beside this one cannot be started
     * @throws InterruptedException if the thread is interrupted; what was started is stopped then
     */
    Report run(Options options, Consumer<String> progress) throws IOException, InterruptedException;
}
