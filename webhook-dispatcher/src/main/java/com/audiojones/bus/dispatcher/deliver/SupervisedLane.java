package com.audiojones.bus.dispatcher.deliver;

import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.service.BusService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a lane delivering. A defect in its engine ends the lane's dispatcher, which commits what is settled, and a new one
 * consumes again from the committed positions: nothing is lost, what was under way may be sent again. Three times in ten
 * minutes; a defect that comes back must not send the same requests for ever, so after that the lane stays down and says
 * so, and the other lanes go on. Safe for use by many threads.
 */
public final class SupervisedLane implements BusService {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedLane.class);
    private static final int MOST_RESTARTS = 3;
    private static final Duration RESTARTS_WINDOW = Duration.ofMinutes(10);

    private final Lane lane;
    private final LaneShared shared;
    private final LaneMeters meters;
    private final Function<LaneMeters, LaneDispatcher> opening;
    private final Deque<Long> restartedNanos = new ArrayDeque<>();
    private volatile LaneDispatcher current;
    private volatile @Nullable String trouble;
    private boolean closed;

    /** Opens the lane's producer and connections; {@link #start()} begins to deliver. */
    public SupervisedLane(
            Lane lane,
            LaneSettings settings,
            KafkaSettings kafka,
            LaneShared shared,
            MeterRegistry metrics,
            Clock clock) {
        this.lane = lane;
        this.shared = shared;
        this.meters = new LaneMeters(metrics, lane);
        this.opening =
                counted -> new LaneDispatcher(lane, settings, kafka, shared, counted, clock, this::engineHasFailed);
        this.current = opening.apply(meters);
    }

    @Override
    public String name() {
        return current.name();
    }

    @Override
    public void start() {
        current.start();
    }

    @Override
    public List<String> notReady() {
        String why = trouble;
        return why == null ? current.notReady() : List.of(name() + ": " + why);
    }

    /** How many pairs of this lane wait in memory for a target. Any thread; as good as a moment ago. */
    public int waiting(String targetId) {
        return current.waiting(targetId);
    }

    /** On the engine thread, which ends after this and must not wait for itself. */
    private void engineHasFailed(RuntimeException defect) {
        trouble = "a defect ended its engine, which begins anew: " + defect;
        var _ = Thread.ofPlatform().name(name() + "-restart").daemon().start(this::restart);
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        current.close();
        shared.control().abandoned(lane);
        meters.abandoned();
        long now = System.nanoTime();
        restartedNanos.removeIf(at -> now - at > RESTARTS_WINDOW.toNanos());
        if (restartedNanos.size() == MOST_RESTARTS) {
            stayDown("a defect ended its engine more than " + MOST_RESTARTS + " times within "
                    + RESTARTS_WINDOW.toMinutes() + " minutes; it stays down until the process is restarted");
            return;
        }
        restartedNanos.addLast(now);
        try {
            current = opening.apply(meters);
            current.start();
            trouble = null;
        } catch (RuntimeException e) {
            stayDown("cannot begin anew after a defect, restart the process: " + e.getMessage());
        }
    }

    private void stayDown(String why) {
        trouble = why;
        LOG.error("{}: {}", name(), why);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            current.close();
        }
    }
}
