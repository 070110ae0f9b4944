package com.audiojones.bus.testkit.store;

import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/** Lists documents over all pages. */
public final class Documents {

    private Documents() {}

    /**
     * {@return all events that a store lists, newest first}
     *
     * @param store a store
     */
    public static List<StoredEvent> all(EventStore store) {
        try {
            return all(store, new EventQuery(EventFilter.ALL, Page.MAX_LIMIT, null));
        } catch (InvalidCursorException e) {
            throw new IllegalStateException("the store made the cursor itself", e);
        }
    }

    /**
     * {@return how many events a store lists}
     *
     * @param store a store
     */
    public static long events(EventStore store) {
        return all(store).size();
    }

    /** {@return the ids of all events of a query, page by page} */
    static List<String> ids(EventStore store, EventQuery query) throws InvalidCursorException {
        return all(store, query).stream()
                .map(event -> event.headers().eventId().value())
                .toList();
    }

    private static List<StoredEvent> all(EventStore store, EventQuery query) throws InvalidCursorException {
        Page<StoredEvent> page = store.events(query);
        List<StoredEvent> all = new ArrayList<>(page.items());
        while (page.next() != null) {
            page = store.events(new EventQuery(query.filter(), query.limit(), page.next()));
            all.addAll(page.items());
        }
        return all;
    }
}
