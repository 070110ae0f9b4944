package com.audiojones.bus.admin.replay;

import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.store.StoredEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends stored events once more, with their own id and bytes and a fresh expiry. Safe for use by many threads. */
public final class Sending {

    private final LaneWriter lanes;
    private final Supplier<LiveSettings> live;
    private final Clock clock;

    /**
     * Sends over the lanes.
     *
     * @param lanes where events are written to
     * @param live says how long they are worth delivering
     * @param clock tells the time
     */
    public Sending(LaneWriter lanes, Supplier<LiveSettings> live, Clock clock) {
        this.lanes = lanes;
        this.live = live;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** The event once more; without a target to all that want it. */
    LaneRecord again(StoredEvent event, String replayId, @Nullable String targetId, Instant now) {
        LaneHeaders headers = event.headers();
        Duration life = live.get().timeToLive(headers.priority());
        Instant expiry = life == null ? null : now.plus(life);
        return new LaneRecord(headers.replayedAs(replayId, targetId, expiry), event.body());
    }

    /** Blocks until all are durable. */
    void write(List<LaneRecord> records) throws InterruptedException {
        lanes.write(records);
    }
}
