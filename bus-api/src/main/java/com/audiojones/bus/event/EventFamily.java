package com.audiojones.bus.event;

/** The two shapes of event that publishers write. */
public enum EventFamily {
    /** Audit events on the {@code audit.*} topics: {@code type, actor, actorType, data, ...}. */
    AUDIT("evt_"),
    /** AJ events on the {@code events.*} topics: {@code event_type, payload, ...}. */
    AJ("aj_event_");

    private final String idPrefix;

    EventFamily(String idPrefix) {
        this.idPrefix = idPrefix;
    }

    /** {@return how the ids of this family start} */
    public String idPrefix() {
        return idPrefix;
    }
}
