package com.audiojones.bus.store;

/** The kinds of documents, as they are copied from one store to another. Targets are not among them. */
public enum StorePart {
    /** Events and their counters. */
    EVENTS,
    /** What happened to events on their way. */
    DELIVERIES,
    /** What was given up. */
    DEAD_LETTERS,
    /** What could not be used. */
    QUARANTINE,
    /** What was counted. */
    STATS,
    /** What was sent once more. */
    REPLAYS
}
