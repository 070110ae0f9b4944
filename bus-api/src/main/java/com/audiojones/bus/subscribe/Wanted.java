package com.audiojones.bus.subscribe;

import com.audiojones.bus.event.NamePattern;
import com.audiojones.bus.topic.Topics;

/** What may be subscribed to. Stateless. */
final class Wanted {

    private static final String AUDIT_ROOT = "audit.";

    private Wanted() {}

    /** The second segment of an audit event's name is always a topic's. */
    static NamePattern pattern(String text) {
        NamePattern wanted = NamePattern.of(text);
        if (text.startsWith(AUDIT_ROOT)) {
            String[] segments = text.split("\\.", 3);
            String topic = AUDIT_ROOT + segments[1];
            if (!segments[1].contains("*") && Topics.family(topic).isEmpty()) {
                throw new IllegalArgumentException("pattern: expected a topic of the bus ("
                        + String.join(", ", Topics.ingest()) + "), got '" + topic + "', so no event can match");
            }
        }
        return wanted;
    }
}
