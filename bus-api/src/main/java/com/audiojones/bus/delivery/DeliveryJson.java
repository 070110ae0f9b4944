package com.audiojones.bus.delivery;

import com.audiojones.bus.kafka.RecordJson;
import com.audiojones.bus.time.IsoMillis;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes delivery records field by field, as {@link RecordJson} would: there is one per request, and finding the fields
 * by reflection takes longer than writing them.
 */
final class DeliveryJson {

    private static final int USUAL_BYTES = 512;

    private DeliveryJson() {}

    static byte[] write(DeliveryRecord record) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_BYTES)) {
            try (JsonGenerator json = RecordJson.MAPPER.createGenerator(bytes)) {
                json.writeStartObject();
                fields(record, json);
                json.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a delivery record is always JSON", e);
        }
    }

    private static void fields(DeliveryRecord record, JsonGenerator json) throws IOException {
        text(json, "kind", record.kind().label());
        text(json, "event_id", record.eventId());
        text(json, "event_type", record.eventType());
        text(json, "name", record.name());
        text(json, "topic", record.topic());
        text(json, "priority", record.priority().name());
        text(json, "replay_id", record.replayId());
        time(json, "ingested_at", record.ingestedAt());
        text(json, "target_id", record.targetId());
        text(json, "url", record.url());
        json.writeNumberField("attempt", record.attempt());
        json.writeNumberField("request_no", record.requestNo());
        json.writeNumberField("matched", record.matched());
        if (record.status() != null) {
            json.writeNumberField("status", record.status());
        }
        text(json, "error", record.error());
        text(json, "error_message", record.errorMessage());
        if (record.responseTimeMs() != null) {
            json.writeNumberField("response_time_ms", record.responseTimeMs());
        }
        text(json, "response_excerpt", record.responseExcerpt());
        time(json, "timestamp", record.timestamp());
        time(json, "next_attempt_at", record.nextAttemptAt());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant value) throws IOException {
        if (value != null) {
            json.writeStringField(name, IsoMillis.format(value));
        }
    }
}
