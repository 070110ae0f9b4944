package com.audiojones.bus.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. What arrives while paging comes before the first page: no page repeats or skips anything for it.
 *
 * @param items newest first; fewer than asked for where they are large, though there are more
 * @param next the cursor of the next page, null after the last
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** The most items of one page. */
    public static final int MAX_LIMIT = 500;

    /** Copies the list in. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Checks how many items are asked for.
     *
     * @param limit 1 to {@value #MAX_LIMIT}
     * @return the limit
     * @throws IllegalArgumentException if it is another number
     */
    public static int checkedLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: expected 1 to " + MAX_LIMIT + ", got " + limit);
        }
        return limit;
    }
}
