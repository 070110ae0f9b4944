package com.audiojones.bus.launcher.cli;

import static com.audiojones.bus.launcher.cli.OutgoingEvent.quoted;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes one event. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publishes one event and waits until it is durable.")
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private BusLocation location = new BusLocation();

    @Parameters(
            paramLabel = "TOPIC|TYPE",
            description = "a topic (audit.user, events.status, ...): DATA is the whole event; "
                    + "or a type (user.login, status_change, ...): DATA is its payload")
    private String topicOrType = "";

    @Option(names = "--data", required = true, paramLabel = "JSON", description = "the event, or its payload")
    private String data = "";

    @Option(names = "--priority", description = "P0, P1, P2 or P3, for audit events made of a type")
    private @Nullable Priority priority;

    @Option(names = "--severity", description = "critical, error, warning or info, for AJ events made of a type")
    private @Nullable String severity;

    @Option(names = "--actor", defaultValue = "ajbus-cli", description = "who did it (default: ${DEFAULT-VALUE})")
    private String actor = "";

    @Option(
            names = "--actor-type",
            defaultValue = "user",
            description = "user, team, partner, system or ai (default: ${DEFAULT-VALUE})")
    private String actorType = "";

    @Override
    public Integer call() throws InterruptedException {
        OutgoingEvent event = event();
        QuietKafka.begin();
        RecordMetadata position = OneRecordPublisher.publish(location.kafka(), event);
        System.out.printf(
                "published to %s, partition %d, offset %d%n%s%n",
                position.topic(), position.partition(), position.offset(), event.json());
        return 0;
    }

    private OutgoingEvent event() {
        if (isTopic()) {
            if (priority != null || severity != null) {
                throw new BadInputException(
                        "--priority, --severity: expected with a type only; with a topic they belong into the event");
            }
            return OutgoingEvent.onTopic(topicOrType, data);
        }
        boolean audit = Topics.family(Topics.forType(topicOrType)).orElseThrow() == EventFamily.AUDIT;
        return OutgoingEvent.ofType(topicOrType, data, audit ? auditFields() : ajFields());
    }

    /** Two segments that start like a topic are meant as one, known or not. */
    private boolean isTopic() {
        boolean looksLikeOne = topicOrType.matches("(audit|events)\\.[^.]*");
        return looksLikeOne || Topics.family(topicOrType).isPresent();
    }

    private Map<String, String> auditFields() {
        if (severity != null) {
            throw new BadInputException("--severity: expected for AJ events; audit events take --priority");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("actor", quoted(actor));
        fields.put("actorType", quoted(actorType));
        if (priority != null) {
            fields.put("priority", quoted(priority.name()));
        }
        return fields;
    }

    private Map<String, String> ajFields() {
        if (priority != null) {
            throw new BadInputException("--priority: expected for audit events; AJ events take --severity, "
                    + "critical being P0, error and warning P1, info P2");
        }
        String metadata =
                "{\"source\":\"ajbus-cli\"" + (severity == null ? "" : ",\"severity\":" + quoted(severity)) + "}";
        return Map.of("metadata", metadata);
    }
}
