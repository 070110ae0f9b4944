package com.audiojones.bus.store.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.event.EventId;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDelivery;
import com.google.firestore.v1.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirestoreDocumentsTest {

    private static final String ID = "aj_event_1699123456789_abc123def";
    private static final Instant TIME = Instant.parse("2025-11-11T10:30:00Z");
    private static final LaneHeaders HEADERS = new LaneHeaders(
            new EventId(ID),
            "status_change",
            "status_change",
            "events.status",
            Priority.P1,
            TIME,
            TIME,
            null,
            1,
            null,
            null,
            null);

    private final FirestoreDocuments documents = new FirestoreDocuments(4, Duration.ofDays(30));

    @Test
    void anEventHasTheFieldsOfItsCollection() {
        Map<String, Value> fields = new HashMap<>(documents
                .of(new EventWrite(
                        HEADERS,
                        "{\"event_id\":\"x\",\"payload\":{\"service\":\"api\",\"n\":3,\"d\":0.5,\"l\":[null,true]},"
                                + "\"metadata\":{\"source\":\"status-system\"}}"))
                .fields());
        fields.putAll(documents
                .of(new StatusWrite(new EventStatus(ID, null, 3, 2, 1)))
                .fields());

        assertThat(fields)
                .containsEntry("event_id", Values.text(ID))
                .containsEntry("event_type", Values.text("status_change"))
                .containsEntry("source", Values.text("status-system"))
                .containsEntry("created_at", Values.text("2025-11-11T10:30:00.000Z"))
                .containsEntry("dispatched_to", number(3))
                .containsEntry("delivery_success", number(2))
                .containsEntry("delivery_failed", number(1));
        Map<String, Value> payload = fields.get("payload").getMapValue().getFieldsMap();
        assertThat(payload).containsEntry("service", Values.text("api")).containsEntry("n", number(3));
        assertThat(payload.get("d").getDoubleValue()).isEqualTo(0.5);
        assertThat(payload.get("l").getArrayValue().getValues(0)).isEqualTo(Values.NULL);
        assertThat(fields.get("metadata").getMapValue().getFieldsMap())
                .containsOnly(Map.entry("source", Values.text("status-system")));
        assertThat(fields.get("expire_at").getTimestampValue().getSeconds())
                .isEqualTo(TIME.plus(Duration.ofDays(30)).getEpochSecond());
    }

    @Test
    void aDeliveryHasTheFieldsOfItsCollection() {
        DeliveryRecord delivered = new DeliveryRecord(
                DeliveryKind.DELIVERED,
                ID,
                "status_change",
                "status_change",
                "events.status",
                Priority.P1,
                null,
                TIME,
                "t1",
                "https://example.com/webhook",
                1,
                1,
                1,
                200,
                null,
                null,
                245L,
                null,
                TIME.plusSeconds(1),
                null);

        assertThat(documents.of(new DeliveryWrite(StoredDelivery.of(delivered))).fields())
                .containsEntry("event_id", Values.text(ID))
                .containsEntry("url", Values.text("https://example.com/webhook"))
                .containsEntry("status", number(200))
                .containsEntry("timestamp", Values.text("2025-11-11T10:30:01.000Z"))
                .containsEntry("response_time_ms", number(245));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[1]]",
                "{\"__name__\":1}",
                "{\"\":1}",
                "1E+400",
                "\"\\ud800\"",
                "[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{}]}]}]}]}]}]}]}]}]}]"
            })
    void aPayloadThatBreaksARuleOfFirestoreIsKeptAsText(String payload) {
        Map<String, Value> fields = documents
                .of(new EventWrite(HEADERS, "{\"payload\":" + payload + ",\"metadata\":{}}"))
                .fields();

        assertThat(fields).doesNotContainKey("payload").containsKeys("payload_json", "body");
        assertThat(fields.get("payload_json").getStringValue()).isEqualToIgnoringCase(payload);
    }

    @Test
    void idsSayNothingOfTheTimeAndAreTheSameEverywhere() {
        assertThat(DocumentIds.of("evt_1", "t1", null)).isEqualTo("srlssuag4s3lhpsyoxdlwupsof");
        assertThat(DocumentIds.of("evt_1", "t1", "")).isEqualTo(DocumentIds.of("evt_1", "t1", null));
        assertThat(DocumentIds.of("evt_1t1")).isNotEqualTo(DocumentIds.of("evt_1", "t1"));
    }

    private static Value number(long number) {
        return Value.newBuilder().setIntegerValue(number).build();
    }
}
