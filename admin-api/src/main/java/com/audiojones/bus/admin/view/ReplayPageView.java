package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoredReplay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of replays.
 *
 * @param replays newest first
 * @param next the cursor of the next page, null after the last
 */
public record ReplayPageView(
        List<StoredReplayView> replays, @Nullable String next) {

    /**
     * {@return the view of a page}
     *
     * @param page a page of the store
     */
    public static ReplayPageView of(Page<StoredReplay> page) {
        return new ReplayPageView(
                page.items().stream().map(StoredReplayView::of).toList(), page.next());
    }
}
