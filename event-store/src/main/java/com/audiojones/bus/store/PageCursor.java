package com.audiojones.bus.store;

import com.audiojones.bus.event.EventId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place of an event in the order of the list, for stores that page by it. What callers see of it is opaque text.
 *
 * @param createdAt when the event was ingested, milliseconds since 1970
 * @param eventId its id
 */
public record PageCursor(long createdAt, String eventId) {

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
            if (!EventId.isValid(cursor.eventId()) || !cursor.toString().equals(text)) {
                throw new InvalidCursorException(text);
            }
            return cursor;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InvalidCursorException(text);
        }
    }

    /** {@return what {@link EventPage#next()} shows} */
    @Override
    public String toString() {
        String plain = Long.toString(createdAt) + SEPARATOR + eventId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
}
