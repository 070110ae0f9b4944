package com.audiojones.bus.admin.replay;

import com.audiojones.bus.event.TimeToLive;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lane record that sends a stored event once more, with its own id and bytes.
 *
 * @param headers the record's headers
 * @param body the delivered bytes as UTF-8 text
 */
record LaneRecord(LaneHeaders headers, String body) {

    /** {@return the event once more, with a fresh expiry; without a target to all that want it} */
    static LaneRecord again(StoredEvent event, String replayId, @Nullable String targetId, Instant now) {
        Duration life = TimeToLive.of(event.headers().priority());
        Instant expiry = life == null ? null : now.plus(life);
        return new LaneRecord(event.headers().replayedAs(replayId, targetId, expiry), event.body());
    }
}
