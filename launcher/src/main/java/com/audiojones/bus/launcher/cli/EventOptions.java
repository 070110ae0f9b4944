package com.audiojones.bus.launcher.cli;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.publish.ActorType;
import com.audiojones.bus.publish.AjEvent;
import com.audiojones.bus.publish.AuditEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an event has beside its payload where it is made of a type. */
final class EventOptions {

    private static final String CLI = "ajbus-cli";

    @Option(names = "--priority", description = "P0, P1, P2 or P3, for audit events made of a type")
    private @Nullable Priority priority;

    @Option(names = "--severity", description = "critical, error, warning or info, for AJ events made of a type")
    private @Nullable String severity;

    @Option(names = "--actor", defaultValue = CLI, description = "who did it (default: ${DEFAULT-VALUE})")
    private String actor = CLI;

    @Option(
            names = "--actor-type",
            defaultValue = "user",
            description = "user, team, partner, system or ai (default: ${DEFAULT-VALUE})")
    private ActorType actorType = ActorType.USER;

    void refuseWithTopic() {
        if (priority != null || severity != null) {
            throw new BadInputException(
                    "--priority, --severity: expected with a type only; with a topic they belong into the event");
        }
    }

    EventLine audit(String type) {
        if (severity != null) {
            throw new BadInputException("--severity: expected for AJ events; audit events take --priority");
        }
        return EventLine.ofPayload(payload -> {
            AuditEvent.Builder event =
                    AuditEvent.ofType(type).actor(actor, actorType).data(payload);
            return priority == null ? event.build() : event.priority(priority).build();
        });
    }

    EventLine aj(String type) {
        if (priority != null) {
            throw new BadInputException("--priority: expected for audit events; AJ events take --severity, "
                    + "critical being P0, error and warning P1, info P2");
        }
        Map<String, String> metadata =
                severity == null ? Map.of("source", CLI) : Map.of("source", CLI, "severity", severity);
        return EventLine.ofPayload(payload -> AjEvent.of(type, payload).withMetadata(metadata));
    }
}
