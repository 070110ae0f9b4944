package com.audiojones.bus.store;

import com.audiojones.bus.event.NamePattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events to read.
 *
 * @param pattern matched against names and types; null: every event
 * @param limit the most events of the page, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link EventPage#next()} of the page before; null: the first page
 */
public record EventQuery(
        @Nullable NamePattern pattern, int limit, @Nullable String cursor) {

    /** The most events of one page. */
    public static final int MAX_LIMIT = 500;

    /** Checks the limit. */
    public EventQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: expected 1 to " + MAX_LIMIT + ", got " + limit);
        }
    }
}
