package com.audiojones.bus.router.route;

import com.audiojones.bus.event.IngestEvent;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.live.LiveSettings;
import org.jspecify.annotations.Nullable;

/**
 * Decides the priority of an event: by a rule that is forced, else its own, else by a rule, else by topic (audit events)
 * or severity (AJ events).
 */
final class PriorityTable {

    private PriorityTable() {}

    static Priority priority(IngestEvent event, String topic, String name, LiveSettings settings) {
        Priority forced = settings.priority(name, true);
        return forced != null ? forced : ownOr(event.priority(), event, topic, settings.priority(name, false));
    }

    private static Priority ownOr(@Nullable Priority own, IngestEvent event, String topic, @Nullable Priority byRule) {
        if (own != null) {
            return own;
        }
        if (byRule != null) {
            return byRule;
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
