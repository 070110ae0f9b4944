package com.audiojones.bus.dispatcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Decoding;
import com.audiojones.bus.event.EventDecoder;
import com.audiojones.bus.event.EventFamily;
import com.audiojones.bus.event.IngestEvent;
import com.audiojones.bus.testkit.ManualClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Instant NOW = Instant.parse("2025-11-11T10:30:00.123Z");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ManualClock clock = new ManualClock(NOW);
    private final Alerts alerts = new Alerts(producer, clock);

    @Test
    void anAlertIsAnEventOfTheContract() throws IOException {
        alerts.triggered("tgt \"1\" ü", "high", "A title", "A message.");

        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        IngestEvent event = decoded(record);
        assertThat(record.topic()).isEqualTo("events.alert");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("tgt \"1\" ü");
        assertThat(event.type()).isEqualTo("alert_triggered");
        assertThat(event.timestamp()).isEqualTo(NOW);
        assertThat(event.severity()).isEqualTo("high");
        assertThat(event.source()).isEqualTo("webhook-dispatcher");
        JsonNode payload = new ObjectMapper().readTree(record.value()).path("payload");
        assertThat(payload.path("alert_id").textValue()).isEqualTo(id(record));
        assertThat(payload.path("title").textValue()).isEqualTo("A title");
        assertThat(payload.path("message").textValue()).isEqualTo("A message.");
        assertThat(payload.path("severity").textValue()).isEqualTo("high");
        assertThat(payload.path("category").textValue()).isEqualTo("webhook");
        assertThat(payload.path("target_id").textValue()).isEqualTo("tgt \"1\" ü");
    }

    @Test
    void theEndOfATroubleIsAnEventToo() {
        alerts.resolved("tgt_1", "Back", "It is back.");

        IngestEvent event = decoded(producer.history().getFirst());
        assertThat(event.type()).isEqualTo("alert_resolved");
        assertThat(event.severity()).isEqualTo("info");
    }

    @Test
    void alertsConcernTheirTargetAndNoOther() {
        alerts.triggered("tgt_1", "high", "A title", "A message.");

        String id = id(producer.history().getFirst());
        assertThat(Alerts.isAlert(id)).isTrue();
        assertThat(Alerts.concerns(id, "tgt_1")).isTrue();
        assertThat(Alerts.concerns(id, "tgt_2")).isFalse();
        assertThat(Alerts.isAlert("evt_1")).isFalse();
        assertThat(Alerts.concerns("evt_1", "tgt_1")).isFalse();
    }

    @Test
    void recordsThatAreGoneRaiseAnAlertAboutTheirPartition() throws Exception {
        alerts.recordsLost("bus.lane.high-3", 17);

        IngestEvent event = decoded(producer.history().getFirst());
        assertThat(event.type()).isEqualTo("alert_triggered");
        assertThat(event.severity()).isEqualTo("critical");
        assertThat(new String(producer.history().getFirst().value(), StandardCharsets.UTF_8))
                .contains("\"topic_partition\":\"bus.lane.high-3\"")
                .contains("17 records of bus.lane.high-3 were removed by retention")
                .doesNotContain("target_id");
    }

    @Test
    void alertsOfOneMillisecondAreSeveralEvents() {
        alerts.triggered("tgt_1", "high", "Disabled", "Now.");
        alerts.deadLetter("tgt_1", "evt_1", "TARGET_DISABLED");

        assertThat(producer.history().stream().map(AlertsTest::id)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void deadLettersAreToldOfOnceAMinuteAndTarget() {
        alerts.deadLetter("tgt_1", "evt_1", "MAX_ATTEMPTS");
        alerts.deadLetter("tgt_1", "evt_2", "MAX_ATTEMPTS");
        alerts.deadLetter("tgt_2", "evt_2", "EXPIRED");
        clock.advance(Duration.ofMinutes(1).minusMillis(1));
        alerts.deadLetter("tgt_1", "evt_3", "MAX_ATTEMPTS");
        clock.advance(Duration.ofMillis(1));
        alerts.deadLetter("tgt_1", "evt_4", "MAX_ATTEMPTS");
        alerts.deadLetter("tgt_1", "evt_5", "MAX_ATTEMPTS");

        assertThat(messages())
                .containsExactly(
                        message("evt_1", "tgt_1", "MAX_ATTEMPTS"),
                        message("evt_2", "tgt_2", "EXPIRED"),
                        message("evt_4", "tgt_1", "MAX_ATTEMPTS"));
    }

    @Test
    void aDeadAlertRaisesNone() {
        alerts.triggered("tgt_1", "high", "A title", "A message.");
        String id = id(producer.history().getFirst());
        producer.clear();

        alerts.deadLetter("tgt_2", id, "MAX_ATTEMPTS");

        assertThat(producer.history()).isEmpty();
    }

    @Test
    void anAlertThatIsNotWrittenStopsNobody() {
        try (MockProducer<byte[], byte[]> failing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer())) {
            new Alerts(failing, clock).triggered("tgt_1", "high", "A title", "A message.");

            assertThat(failing.errorNext(new IllegalStateException("away"))).isTrue();
        }
    }

    private static String message(String event, String target, String reason) {
        return "Event " + event + " for target " + target + " was given up: " + reason
                + ". More within the next minute are not told one by one; look at the dead letters.";
    }

    private List<String> messages() {
        return producer.history().stream()
                .map(record -> decoded(record).payload().toString())
                .map(payload -> payload.replaceAll("(?s).*\"message\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static String id(ProducerRecord<byte[], byte[]> record) {
        return Objects.requireNonNull(decoded(record).id()).value();
    }

    private static IngestEvent decoded(ProducerRecord<byte[], byte[]> record) {
        Decoding decoding = EventDecoder.decode(EventFamily.AJ, record.key(), record.value());
        assertThat(decoding).isInstanceOf(Decoding.Accepted.class);
        return ((Decoding.Accepted) decoding).event();
    }
}
