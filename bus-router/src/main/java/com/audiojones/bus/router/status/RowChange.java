package com.audiojones.bus.router.status;

import com.audiojones.bus.status.EventStatus;

/** What comes of the records of events. */
sealed interface RowChange {

    /**
     * An event fares differently now.
     *
     * @param status how
     */
    record Status(EventStatus status) implements RowChange {}

    /**
     * What records of the last second changed in a bucket.
     *
     * @param delta the change
     */
    record Delta(StatsDelta delta) implements RowChange {}
}
