package com.audiojones.bus.store;

import org.jspecify.annotations.Nullable;

/**
 * Which events to read.
 *
 * @param filter which ones are listed
 * @param limit the most events of the page, 1 to {@value Page#MAX_LIMIT}
 * @param cursor {@link Page#next()} of the page before, of the same filter; null: the first page
 */
public record EventQuery(
        EventFilter filter, int limit, @Nullable String cursor) {

    /** Checks the limit. */
    public EventQuery {
        Page.checkedLimit(limit);
    }
}
