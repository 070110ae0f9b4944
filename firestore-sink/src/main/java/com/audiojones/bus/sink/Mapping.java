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

    /**
     * Nothing is to be done.
     *
     * @param kind what kind of record it is: {@code replay}, as an event's document is made of the original records, or
     *     {@code stats-removed} and {@code status-removed}, as the store keeps what they are about for longer than Kafka
     */
    record Nothing(String kind) implements Mapping {}

    /**
     * Nothing can be made of it.
     *
     * @param reason one sentence: field, expectation, actual value
     */
    record Unusable(String reason) implements Mapping {}
}
