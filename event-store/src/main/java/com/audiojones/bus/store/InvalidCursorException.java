package com.audiojones.bus.store;

/** A cursor was not made by this store. Calling again gives the same. */
public final class InvalidCursorException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses a cursor.
     *
     * @param cursor what was given
     */
    public InvalidCursorException(String cursor) {
        super("cursor: expected the 'next' of an earlier page, got '"
                + (cursor.length() > 80 ? cursor.substring(0, 80) + "..." : cursor) + "'");
    }
}
