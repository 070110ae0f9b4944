package com.audiojones.bus.admin.view;

import java.util.List;

/**
 * A replay that was accepted.
 *
 * @param replayId receivers see it in {@code X-AJ-Replay}
 * @param eventId the event that is sent once more
 * @param targets the ids of the targets it goes to
 */
public record ReplayView(String replayId, String eventId, List<String> targets) {

    /** Copies the list in. */
    public ReplayView {
        targets = List.copyOf(targets);
    }
}
