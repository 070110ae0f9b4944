package com.audiojones.bus.admin.view;

import com.audiojones.bus.store.Page;
import com.audiojones.bus.store.StoredDeadLetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters.
 *
 * @param deadLetters newest first
 * @param next the cursor of the next page, null after the last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DeadLetterPageView(
        List<DeadLetterView> deadLetters, @Nullable String next) {

    /**
     * {@return the view of a page}
     *
     * @param page a page of the store
     */
    public static DeadLetterPageView of(Page<StoredDeadLetter> page) {
        return new DeadLetterPageView(
                page.items().stream().map(DeadLetterView::of).toList(), page.next());
    }
}
