package com.audiojones.bus.sink;

import com.audiojones.bus.store.StoreWrite;

/** What a record comes to in the store. */
sealed interface Mapping {

    /**
     * One document.
     *
     * @param write the document
     */
    record Document(StoreWrite write) implements Mapping {}

    /** Nothing: the event's document is made of the original record, this one is a replay. */
    record Replay() implements Mapping {}

    /**
     * Nothing can be made of it.
     *
     * @param reason one sentence: field, expectation, actual value
     */
    record Unusable(String reason) implements Mapping {}
}
