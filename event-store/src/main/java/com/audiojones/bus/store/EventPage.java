package com.audiojones.bus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events. Events that arrive while paging come before the first page: no page repeats or skips one for them.
 *
 * @param events newest first
 * @param next the cursor of the next page, null after the last
 */
public record EventPage(List<StoredEvent> events, @Nullable String next) {

    /** Copies the list in. */
    public EventPage {
        events = List.copyOf(events);
    }
}
