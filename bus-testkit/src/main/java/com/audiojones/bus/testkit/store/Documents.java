package com.audiojones.bus.testkit.store;

import com.audiojones.bus.store.EventPage;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import java.util.ArrayList;
import java.util.List;

/** Lists documents over all pages. */
public final class Documents {

    private Documents() {}

    /**
     * {@return how many events a store lists}
     *
     * @param store a store
     */
    public static long events(EventStore store) {
        try {
            return ids(store, new EventQuery(null, EventQuery.MAX_LIMIT, null)).size();
        } catch (InvalidCursorException e) {
            throw new IllegalStateException("the store made the cursor itself", e);
        }
    }

    /** {@return the ids of all events of a query, page by page} */
    static List<String> ids(EventStore store, EventQuery query) throws InvalidCursorException {
        List<String> ids = new ArrayList<>();
        EventPage page = store.events(query);
        ids.addAll(StoreRules.ids(page));
        while (page.next() != null) {
            page = store.events(new EventQuery(query.pattern(), query.limit(), page.next()));
            ids.addAll(StoreRules.ids(page));
        }
        return ids;
    }
}
