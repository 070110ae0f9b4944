package com.audiojones.bus.router.route;

import com.audiojones.bus.event.IngestEvent;
import com.audiojones.bus.event.Priority;

/** Decides the priority of an event: its own if it has one, else by topic (audit events) or severity (AJ events). */
final class PriorityTable {

    private PriorityTable() {}

    static Priority priority(IngestEvent event, String topic) {
        if (event.priority() != null) {
            return event.priority();
        }
        return switch (event.family()) {
            case AUDIT -> byTopic(topic);
            case AJ -> bySeverity(event.severity() == null ? "" : event.severity());
        };
    }

    private static Priority byTopic(String topic) {
        return switch (topic) {
            case "audit.security" -> Priority.P0;
            case "audit.data", "audit.system", "audit.performance" -> Priority.P2;
            default -> Priority.P1;
        };
    }

    private static Priority bySeverity(String severity) {
        return switch (severity) {
            case "critical" -> Priority.P0;
            case "info" -> Priority.P2;
            default -> Priority.P1;
        };
    }
}
