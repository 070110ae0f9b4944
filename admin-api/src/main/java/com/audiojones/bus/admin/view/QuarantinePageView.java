package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import org.jspecify.annotations.Nullable;

/**
 * A page of what could not be used.
 *
 * @param records newest first; each view is made when it is written
 * @param next the cursor of the next page, null after the last
 */
public record QuarantinePageView(
        Iterable<QuarantineView> records, @Nullable String next) {

    /**
     * {@return the view of a page}
     *
     * @param page a page of the store
     */
    public static QuarantinePageView of(Page<QuarantineWrite> page) {
        return new QuarantinePageView(
                () -> page.items().stream().map(QuarantineView::of).iterator(), page.next());
    }
}
