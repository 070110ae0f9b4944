package com.audiojones.bus.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.Golden;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder and the published schemas must say the same of every document. */
class EventSchemasTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema AUDIT = REGISTRY.getSchema(EventSchemas.auditEvent(), InputFormat.JSON);
    private static final Schema AJ = REGISTRY.getSchema(EventSchemas.ajEvent(), InputFormat.JSON);

    private static final Schema BODY = REGISTRY.getSchema(EventSchemas.deliveryBody(), InputFormat.JSON);

    /** Values of every kind, among them those at the edges of the contract. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "60",
            "31536000",
            "31536001",
            "1.5",
            "[]",
            "{}",
            "{\"severity\":\"critical\"}",
            "\"\"",
            "\"a\"",
            "\"a.b\"",
            "\"a..b\"",
            "\"a b\"",
            "\"a:b\"",
            "\"" + "x".repeat(128) + "\"",
            "\"" + "x".repeat(129) + "\"",
            "\"" + "x".repeat(200) + "\"",
            "\"" + "x".repeat(201) + "\"",
            "\"P0\"",
            "\"P4\"",
            "\"user\"",
            "\"robot\"",
            "\"2025-11-11T10:30:00.000Z\"",
            "\"2025-11-11T10:30:00+02:00\"",
            "\"2025-11-11\"",
            "\"2025-13-11T10:30:00Z\"");

    static Stream<String> auditDocuments() {
        List<String> base = List.of("\"type\":\"user.login\"", "\"actor\":\"u\"", "\"actorType\":\"ai\"", "\"data\":1");
        return documents(
                base,
                List.of(
                        "type",
                        "actor",
                        "actorType",
                        "data",
                        "id",
                        "timestamp",
                        "blueprintId",
                        "metadata",
                        "priority",
                        "ttl",
                        "foo"));
    }

    static Stream<String> ajDocuments() {
        List<String> base = List.of("\"event_type\":\"status_change\"", "\"payload\":{}");
        return documents(base, List.of("event_type", "payload", "event_id", "timestamp", "metadata", "foo"));
    }

    @ParameterizedTest
    @MethodSource("auditDocuments")
    void decoderAndSchemaAgreeOnAuditEvents(String json) {
        assertThat(accepts(EventFamily.AUDIT, json)).isEqualTo(validates(AUDIT, json));
    }

    @ParameterizedTest
    @MethodSource("ajDocuments")
    void decoderAndSchemaAgreeOnAjEvents(String json) {
        assertThat(accepts(EventFamily.AJ, json)).isEqualTo(validates(AJ, json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit-full",
                "audit-minimal",
                "audit-clashing-metadata",
                "audit-text-metadata",
                "aj-status-change",
                "aj-minimal",
                "aj-unknown-fields"
            })
    void deliveryBodiesFollowTheirSchema(String name) {
        String body = Golden.text(name + ".body.json");

        assertThat(validates(BODY, body)).isTrue();
        assertThat(validates(BODY, body.replace("\"event_id\"", "\"id\""))).isFalse();
    }

    private static Stream<String> documents(List<String> base, List<String> fields) {
        List<String> documents = new ArrayList<>();
        for (String field : fields) {
            List<String> others = base.stream()
                    .filter(member -> !member.startsWith("\"" + field + "\":"))
                    .toList();
            documents.add("{" + String.join(",", others) + "}");
            for (String value : VALUES) {
                List<String> members = new ArrayList<>(others);
                members.add("\"" + field + "\":" + value);
                documents.add("{" + String.join(",", members) + "}");
            }
        }
        return documents.stream();
    }

    private static boolean accepts(EventFamily family, String json) {
        return EventDecoder.decode(family, null, json.getBytes(StandardCharsets.UTF_8)) instanceof Decoding.Accepted;
    }

    private static boolean validates(Schema schema, String json) {
        return schema.validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .isEmpty();
    }
}
