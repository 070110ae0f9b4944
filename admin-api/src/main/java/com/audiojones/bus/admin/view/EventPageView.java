package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * A page of events.
 *
 * @param events newest first; each view is made when it is written
 * @param next the cursor of the next page, null after the last
 */
public record EventPageView(
        Iterable<EventView> events, @Nullable String next) {

    /**
     * {@return the view of a page}
     *
     * @param page a page of the store
     */
    public static EventPageView of(Page<StoredEvent> page) {
        return new EventPageView(() -> page.items().stream().map(EventView::of).iterator(), page.next());
    }
}
