package com.audiojones.bus.testkit.store;

import com.audiojones.bus.store.EventFilter;
import com.audiojones.bus.store.EventQuery;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.InvalidCursorException;
import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoredEvent;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What the rules of the contract are checked on. */
interface StoreRules {

    /** {@return the store of this test, empty when the test begins} */
    EventStore store();

    /** Puts a document among the targets as another system would, past the store's own methods. */
    void putTargetDocument(String id, String json);

    default void write(StoreWrite... writes) {
        store().write(List.of(writes));
    }

    /** {@return a random history, after writing it in batches of many sizes} */
    default List<StoreWrite> written(long seed) {
        List<StoreWrite> writes = new RandomHistory(seed).writes();
        Random random = new Random(seed);
        for (int from = 0; from < writes.size(); ) {
            int to = Math.min(writes.size(), from + 1 + random.nextInt(100));
            store().write(writes.subList(from, to));
            from = to;
        }
        return writes;
    }

    default StoredEvent stored(String eventId) {
        return store().event(eventId).orElseThrow(() -> new AssertionError("no event " + eventId));
    }

    /** {@return the ids of all events of a query, page by page} */
    default List<String> listed(EventQuery query) throws InvalidCursorException {
        return Documents.ids(store(), query);
    }

    default Page<StoredEvent> page(int limit, @Nullable String cursor) throws InvalidCursorException {
        return store().events(new EventQuery(EventFilter.ALL, limit, cursor));
    }

    static List<String> ids(Page<StoredEvent> page) {
        return page.items().stream()
                .map(event -> event.headers().eventId().value())
                .toList();
    }
}
