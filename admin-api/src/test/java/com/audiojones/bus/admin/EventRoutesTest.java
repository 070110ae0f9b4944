package com.audiojones.bus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoutesTest {

    private AdminApi api;

    @BeforeEach
    void start() {
        api = AdminApi.withoutSharedSecret();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anEventHasTheFieldsOfTheCollection() {
        api.store.add(Events.event("aj_event_1_abc", "status_change", Priority.P1, "{\"status\":\"degraded\"}"));

        AdminApi.Answer answer = api.get("/events/aj_event_1_abc");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"event_id\":\"aj_event_1_abc\",\"event_type\":\"status_change\","
                        + "\"payload\":{\"status\":\"degraded\"},\"metadata\":{\"source\":\"status-system\"},"
                        + "\"source\":\"status-system\",\"created_at\":\"2026-03-01T10:00:01.000Z\","
                        + "\"dispatched_to\":3,\"delivery_success\":2,\"delivery_failed\":1,\"status\":\"failed\","
                        + "\"topic\":\"events.status\",\"priority\":\"P1\",\"lane\":\"standard\","
                        + "\"timestamp\":\"2026-03-01T10:00:00.123Z\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":1e400}",
                "12345678901234567890",
                "-0.0",
                "{\"z\":1,\"a\":2,\"1e400\":3.14159265358979323846264338327950288}",
                "{ \"spaced\" :\t[ 1 ,\n2 ] }",
                "\"\\u00fc \\/ \\\" \\ud83c\\udfa7 \\ud83c\"",
                "\"Grüße, 東京 🎧\"",
                "[]",
                "null",
                "true"
            })
    void aPayloadIsShownByteForByte(String payload) {
        api.store.add(Events.event("e-1", "status_change", Priority.P0, payload));

        String shown = ",\"payload\":" + payload + ",\"metadata\":";
        assertThat(api.get("/events/e-1").text()).contains(shown);
        assertThat(api.get("/events").text()).contains(shown);
    }

    @Test
    void aPayloadLargerThanEveryBufferIsShownByteForByte() {
        String payload = "[\"" + "x" + "🎧é".repeat(40_000) + "\"," + "9".repeat(3000) + "," + "[".repeat(400)
                + "]".repeat(400) + "]";
        api.store.add(Events.event("e-1", "status_change", Priority.P0, payload));
        api.store.add(Events.event("e-2", "status_change", Priority.P0, "7"));

        String text = api.get("/events").text();

        assertThat(text.contains(",\"payload\":" + payload + ",\"metadata\":")).isTrue();
        assertThat(text).contains(",\"payload\":7,\"metadata\":");
    }

    @Test
    void metadataKeepsWhatItsPublisherWrote() {
        String metadata = "{\"source\":\"s\\u0031\",\"b\":{\"source\":\"inner\"},\"a\":1.0}";
        String body = Events.body("e-1", "status_change", "{}", metadata);
        api.store.add(Events.stored("e-1", "status_change", Priority.P0, Events.INGESTED, body));

        AdminApi.Answer answer = api.get("/events/e-1");

        assertThat(answer.text()).contains("\"metadata\":" + metadata + ",");
        assertThat(answer.json().path("source").textValue()).isEqualTo("s1");
    }

    @Test
    void anEventWithoutSourceHasNullThere() {
        String body = Events.body("e-1", "status_change", "{}", "{\"source\":5}");
        api.store.add(Events.stored("e-1", "status_change", Priority.P0, Events.INGESTED, body));

        assertThat(api.get("/events/e-1").json().path("source").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[1]", "{\"payload\":[}", "{\"payload\":1} x", "{\"payload\":1", "\u0000"})
    void aStoredTextThatIsNoBodyIsShownWholeAndHidesNoOtherEvent(String body) {
        api.store.add(Events.stored("e-1", "status_change", Priority.P0, Events.INGESTED, body));
        api.store.add(Events.event("e-2", "status_change", Priority.P0, "7"));

        JsonNode events = api.get("/events").json().path("events");

        assertThat(events).hasSize(2);
        assertThat(events.get(1).path("payload").textValue()).isEqualTo(body);
        assertThat(events.get(1).path("metadata")).isEmpty();
    }

    @Test
    void theNewestFiftyComeFirst() {
        IntStream.range(0, 60).forEach(n -> api.store.add(Events.numbered(n, "status_change")));

        JsonNode page = api.get("/events").json();

        assertThat(page.path("events")).hasSize(50);
        assertThat(page.path("events").get(0).path("event_id").textValue()).isEqualTo("evt-59");
        assertThat(page.path("next").isTextual()).isTrue();
    }

    @Test
    void pagesAddUpToAllEventsAndEndWithNull() {
        IntStream.range(0, 20).forEach(n -> api.store.add(Events.numbered(n, "status_change")));

        List<String> ids = new ArrayList<>();
        JsonNode page = api.get("/events?limit=7").json();
        while (true) {
            page.path("events").forEach(event -> ids.add(event.path("event_id").textValue()));
            if (page.path("next").isNull()) {
                break;
            }
            page = api.get("/events?limit=7&cursor=" + page.path("next").textValue())
                    .json();
        }

        assertThat(ids)
                .containsExactlyElementsOf(IntStream.iterate(19, n -> n >= 0, n -> n - 1)
                        .mapToObj(n -> "evt-" + n)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status_change", "status_*", "*"})
    void theTypeIsAPattern(String type) {
        api.store.add(Events.numbered(1, "status_change"));
        api.store.add(Events.numbered(2, "capacity_alert"));

        JsonNode events = api.get("/events?type=" + type).json().path("events");

        assertThat(events).hasSize(type.equals("*") ? 2 : 1);
    }

    @Test
    void anEmptyStoreHasAnEmptyPage() {
        assertThat(api.get("/events").text()).isEqualTo("{\"events\":[],\"next\":null}");
    }
}
