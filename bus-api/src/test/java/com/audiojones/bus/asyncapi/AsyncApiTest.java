package com.audiojones.bus.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.CloudEvents;
import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.kafka.RecordJson;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/asyncapi.json} says is so. That it is AsyncAPI at all is a check in {@code checks/}. */
class AsyncApiTest {

    private static final Path COMMITTED = Path.of("..", "docs", "asyncapi.json");
    private static final Path MADE = Path.of("target", "asyncapi.json");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    /** An example of a message in the committed document. */
    record Example(String messageName, JsonNode message, JsonNode example) {
        @Override
        public String toString() {
            return messageName + ", " + example.path("name").asText();
        }
    }

    @Test
    void theCommittedDocumentSaysWhatTheCodeSays() throws IOException {
        String made = AsyncApiDocument.text();
        Files.writeString(MADE, made);

        assertThat(Files.readString(COMMITTED).equals(made))
                .as(
                        "docs/asyncapi.json says what the code says. Where it does not and the code is right, take over what was made "
                                + "of it and look at the difference: cp bus-api/target/asyncapi.json docs/asyncapi.json && git diff docs")
                .isTrue();
    }

    static Stream<Example> examples() throws IOException {
        JsonNode messages = RecordJson.MAPPER.readTree(COMMITTED.toFile()).at("/components/messages");
        List<Example> examples = new ArrayList<>();
        messages.properties().forEach(message -> message.getValue()
                .path("examples")
                .forEach(example -> examples.add(new Example(message.getKey(), message.getValue(), example))));
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleFollowsTheSchemasOfItsMessage(Example one) throws IOException {
        assertThat(problems(one.message().path("payload"), one.example().path("payload")))
                .isEmpty();
        assertThat(problems(one.message().path("headers"), one.example().path("headers")))
                .isEmpty();
    }

    @Test
    void everyExampleThatMayBePublishedIsAnEventToTheRouter() throws IOException {
        JsonNode channels = RecordJson.MAPPER.readTree(COMMITTED.toFile()).path("channels");
        List<Example> all = examples().toList();
        for (String topic : Topics.ingest()) {
            JsonNode messages = channels.path(topic).path("messages");
            List<Example> here =
                    all.stream().filter(one -> messages.has(one.messageName())).toList();

            assertThat(here).as(topic).hasSizeGreaterThan(3);
            assertThat(here).as(topic).allSatisfy(one -> assertThat(decoded(topic, one.example()))
                    .isInstanceOf(Decoding.Accepted.class));
        }
    }

    @Test
    void whatTheDocumentRequiresOfPublishersTheRouterRequiresToo() throws IOException {
        JsonNode channels = RecordJson.MAPPER.readTree(COMMITTED.toFile()).path("channels");
        for (Example one : examples().toList()) {
            for (String topic : List.of("audit.user", "events.status")) {
                if (channels.path(topic).path("messages").has(one.messageName())) {
                    assertThat(without("headers", one)).allMatch(example -> isRejected(topic, example), topic);
                    assertThat(without("payload", one)).allMatch(example -> isRejected(topic, example), topic);
                }
            }
        }
    }

    /** The example without each of the fields or headers that are required. */
    private static List<JsonNode> without(String part, Example one) throws IOException {
        List<JsonNode> lacking = new ArrayList<>();
        for (JsonNode required : resolved(one.message().path(part)).path("required")) {
            ObjectNode copy = one.example().deepCopy();
            ((ObjectNode) copy.path(part)).remove(required.asText());
            lacking.add(copy);
        }
        return lacking;
    }

    private static boolean isRejected(String topic, JsonNode example) {
        return decoded(topic, example) instanceof Decoding.Rejected;
    }

    private static Decoding decoded(String topic, JsonNode example) {
        EventFamily family = Topics.family(topic).orElseThrow();
        byte[] value = example.path("payload").toString().getBytes(StandardCharsets.UTF_8);
        Headers headers = new RecordHeaders();
        example.path("headers")
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
        return CloudEvents.isOne(headers)
                ? CloudEvents.read(family, headers, null, value).decoding()
                : EventDecoder.decode(family, null, value);
    }

    private static List<?> problems(JsonNode schema, JsonNode value) throws IOException {
        if (value.isMissingNode()) {
            return List.of();
        }
        return REGISTRY.getSchema(resolved(schema).toString(), InputFormat.JSON)
                .validate(value.toString(), InputFormat.JSON);
    }

    private static JsonNode resolved(JsonNode schema) throws IOException {
        return schema.has("$ref")
                ? RecordJson.MAPPER
                        .readTree(COMMITTED.toFile())
                        .at(schema.path("$ref").asText().substring(1))
                : schema;
    }
}
