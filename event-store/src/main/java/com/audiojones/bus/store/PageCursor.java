package com.audiojones.bus.store;

import com.audiojones.bus.event.EventId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is ordered by time, for stores that page by it. What callers see of it is opaque text.
 *
 * @param at the item's time, milliseconds since 1970
 * @param id what orders items of one time: an event's id, or one of the same characters
 */
public record PageCursor(long at, String id) {

    private static final char SEPARATOR = '/';

    /**
     * {@return the cursor in a text}
     *
     * @param text what {@link #toString()} made
     * @throws InvalidCursorException if it did not make it
     */
    public static PageCursor parse(String text) throws InvalidCursorException {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            int separator = plain.indexOf(SEPARATOR);
            PageCursor cursor =
                    new PageCursor(Long.parseLong(plain.substring(0, separator)), plain.substring(separator + 1));
            if (!EventId.isValid(cursor.id()) || !cursor.toString().equals(text)) {
                throw new InvalidCursorException(text);
            }
            return cursor;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InvalidCursorException(text);
        }
    }

    /**
     * {@return the cursor in a text, null where there is none}
     *
     * @param text what {@link #toString()} made, or null
     * @throws InvalidCursorException if it did not make it
     */
    public static @Nullable PageCursor parseOrNull(@Nullable String text) throws InvalidCursorException {
        return text == null ? null : parse(text);
    }

    /** {@return what {@link Page#next()} shows} */
    @Override
    public String toString() {
        String plain = Long.toString(at) + SEPARATOR + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
}
