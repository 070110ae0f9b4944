package com.audiojones.bus.asyncapi;

import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.RecordJson;
import com.audiojones.bus.lane.Lane;
import com.audiojones.bus.topic.RetryTier;
import com.audiojones.bus.topic.TopicSpec;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * {@code docs/asyncapi.json}, made of the catalogue of topics, the schemas, the records and their golden files. It is made
 * by a test and not by the program: nobody needs it while the bus runs, and the jar that publishers depend on stays free
 * of it.
 */
final class AsyncApiDocument {

    /** What only the roles of the bus write and read; all retry topics besides. */
    private static final Set<String> INTERNAL =
            Set.of(Topics.DECISIONS, Topics.TARGETS, Topics.TARGET_STATE, Topics.SETTINGS, Topics.STATS);

    private static final Map<String, String> WRITTEN_BY_THE_BUS = Map.of(
            Topics.DELIVERIES,
            "What happened to each pair of event and target.",
            Topics.DEAD_LETTERS,
            "Pairs of event and target that were given up.",
            Topics.QUARANTINE,
            "Records that could not be used, as they were received, and why.",
            Topics.EVENT_STATUS,
            "How each event fares: the latest record of a key is the whole truth.");

    private final ObjectNode document = RecordJson.MAPPER.createObjectNode().put("asyncapi", "3.0.0");

    private AsyncApiDocument() {}

    static String text() {
        AsyncApiDocument made = new AsyncApiDocument();
        made.describe();
        ObjectNode channels = made.document.putObject("channels");
        ObjectNode operations = made.document.putObject("operations");
        for (TopicSpec spec : Topics.all()) {
            if (!INTERNAL.contains(spec.name())
                    && RetryTier.ofTopic(spec.name()).isEmpty()) {
                channels.set(spec.name(), channel(spec));
                operations.set(spec.name(), operation(spec.name()));
            }
        }
        ObjectNode components = made.document.putObject("components");
        components.set("messages", Messages.all());
        components.set("schemas", Messages.schemas());
        return pretty(made.document);
    }

    private void describe() {
        document.putObject("info")
                .put("title", "AJ Event Bus")
                .put("version", "1")
                .put(
                        "description",
                        "Every topic that publishers may write to (operations that the bus receives) or others may read "
                                + "(operations that it sends). Publishers write plain JSON or CloudEvents; what is no event "
                                + "goes to bus.quarantine with a sentence that says why. Records may have further headers, "
                                + "and JSON that the bus writes further fields.")
                .putObject("license")
                .put("name", "Apache-2.0");
        document.put("defaultContentType", "application/json");
        document.putObject("servers")
                .putObject("dev")
                .put("host", "127.0.0.1:9092")
                .put("protocol", "kafka")
                .put("description", "What ./ajbus dev starts.");
    }

    private static ObjectNode channel(TopicSpec spec) {
        ObjectNode channel = RecordJson.MAPPER.createObjectNode();
        channel.put("address", spec.name()).put("description", description(spec.name()));
        ObjectNode references = channel.putObject("messages");
        for (String message : messages(spec.name())) {
            references.putObject(message).put("$ref", "#/components/messages/" + message);
        }
        Map<String, String> broker = spec.brokerConfig();
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        ObjectNode config = kafka.put("topic", spec.name()).putObject("topicConfiguration");
        broker.forEach((name, value) -> {
            switch (name) {
                case TopicConfig.CLEANUP_POLICY_CONFIG ->
                    config.set(name, RecordJson.MAPPER.valueToTree(Arrays.asList(value.split(",", -1))));
                case TopicConfig.RETENTION_MS_CONFIG, TopicConfig.MAX_MESSAGE_BYTES_CONFIG ->
                    config.put(name, Long.parseLong(value));
                default -> config.put(name, value);
            }
        });
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    private static String description(String topic) {
        if (Topics.family(topic).isPresent()) {
            return (Topics.family(topic).get() == EventFamily.AUDIT ? "Audit events" : "AJ events")
                    + ", from anyone. At most " + Messages.EVENT_KIB + " KiB each, though the topic takes more.";
        }
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.topic().equals(topic))
                .map(AsyncApiDocument::description)
                .findFirst()
                .orElseGet(() -> known(WRITTEN_BY_THE_BUS.get(topic), topic));
    }

    private static String description(Lane lane) {
        return Arrays.stream(Priority.values())
                .filter(priority -> Lane.of(priority) == lane)
                .map(Priority::name)
                .collect(Collectors.joining(" and ", "Routed events of priority ", ", replays included."));
    }

    private static List<String> messages(String topic) {
        if (Topics.family(topic).isPresent()) {
            String own = Topics.family(topic).get() == EventFamily.AUDIT ? Messages.AUDIT_EVENT : Messages.AJ_EVENT;
            return List.of(own, Messages.CLOUD_EVENT, Messages.CLOUD_EVENT_BINARY);
        }
        return switch (topic) {
            case Topics.DELIVERIES -> List.of(Messages.DELIVERY);
            case Topics.DEAD_LETTERS -> List.of(Messages.DEAD_LETTER);
            case Topics.QUARANTINE -> List.of(Messages.REFUSED);
            case Topics.EVENT_STATUS -> List.of(Messages.EVENT_STATUS);
            default -> List.of(Messages.ROUTED_EVENT);
        };
    }

    private static ObjectNode operation(String topic) {
        ObjectNode operation = RecordJson.MAPPER.createObjectNode();
        operation.put("action", Topics.family(topic).isPresent() ? "receive" : "send");
        operation.putObject("channel").put("$ref", "#/channels/" + topic);
        return operation;
    }

    private static <T> T known(T found, String topic) {
        if (found == null) {
            throw new IllegalStateException(
                    topic + ": expected a topic that is described here or in INTERNAL, got one that is in neither");
        }
        return found;
    }

    private static String pretty(ObjectNode document) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        printer.indentObjectsWith(indenter);
        try {
            return RecordJson.MAPPER.writer(printer).writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
