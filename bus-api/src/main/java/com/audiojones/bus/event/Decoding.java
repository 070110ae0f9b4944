package com.audiojones.bus.event;

/** What reading a published record came to. */
public sealed interface Decoding {

    /**
     * The record is an event of the contract.
     *
     * @param event the event
     */
    record Accepted(IngestEvent event) implements Decoding {}

    /**
     * The record is no event of the contract.
     *
     * @param reason one sentence: field, expectation, actual value
     */
    record Rejected(String reason) implements Decoding {}
}
