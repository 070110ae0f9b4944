package com.audiojones.bus.admin.replay;

import java.util.List;

/**
 * An event that is being sent once more.
 *
 * @param id tells it from the original and from other replays
 * @param eventId the event
 * @param targetIds where it goes to
 */
public record Replay(String id, String eventId, List<String> targetIds) {

    /** Copies the list in. */
    public Replay {
        targetIds = List.copyOf(targetIds);
    }
}
