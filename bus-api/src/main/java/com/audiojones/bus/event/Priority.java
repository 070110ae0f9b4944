package com.audiojones.bus.event;

/** How urgent an event is. {@code P0} is delivered first, retried longest and never sampled out or expired. */
public enum Priority {
    /** Security events, permission denials: no expiry, five attempts. */
    P0,
    /** User actions, AI decisions: three attempts within an hour. */
    P1,
    /** Data queries, system events: three attempts within 15 minutes. */
    P2,
    /** Debug events, detailed traces: two attempts within 5 minutes. */
    P3
}
