package com.audiojones.bus.event;

import com.audiojones.bus.Golden;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryBodyTest {

    private static final Instant TIME = Instant.parse("2025-11-11T10:30:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"audit-full", "audit-minimal", "audit-clashing-metadata", "audit-text-metadata"})
    void auditBodiesAreWrittenAsAgreed(String name) {
        Golden.assertSame(
                name + ".body.json", body(EventFamily.AUDIT, Golden.text(name + ".event.json"), "audit.user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aj-status-change", "aj-minimal", "aj-unknown-fields"})
    void ajBodiesAreWrittenAsAgreed(String name) {
        Golden.assertSame(
                name + ".body.json", body(EventFamily.AJ, Golden.text(name + ".event.json"), "events.status"));
    }

    private static String body(EventFamily family, String json, String topic) {
        Decoding decoding = EventDecoder.decode(family, null, json.getBytes(StandardCharsets.UTF_8));
        IngestEvent event = ((Decoding.Accepted) decoding).event();
        EventId id = event.id() == null ? new EventId("evt_1699123456789_abc123def") : event.id();
        return DeliveryBody.of(event, id, TIME, topic, Priority.P1).toString();
    }
}
