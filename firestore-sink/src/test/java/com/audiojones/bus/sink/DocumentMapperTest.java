package com.audiojones.bus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.audiojones.bus.delivery.DeliveryRecord;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.stats.StatsBucket;
import com.audiojones.bus.status.EventStatus;
import com.audiojones.bus.store.StoreWrite.DeadLetterWrite;
import com.audiojones.bus.store.StoreWrite.DeliveryWrite;
import com.audiojones.bus.store.StoreWrite.EventWrite;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoreWrite.StatsWrite;
import com.audiojones.bus.store.StoreWrite.StatusWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentMapperTest {

    @Test
    void aBucketIsADocumentAndItsRemovalIsNone() throws Exception {
        assertThat(DocumentMapper.map(Records.received(Records.bucket(3))))
                .isEqualTo(new Mapping.Document(
                        new StatsWrite(StatsBucket.fromJson(Records.bucket(3).value()))));
        assertThat(DocumentMapper.map(Records.received(Records.removedBucket())))
                .isEqualTo(new Mapping.Nothing("stats-removed"));
        assertThat(DocumentMapper.map(Records.received(Records.record(Topics.STATS, "{}"))))
                .isInstanceOfSatisfying(
                        Mapping.Unusable.class, why -> assertThat(why.reason()).contains("statistics record"));
    }

    @Test
    void aStatusIsADocumentThatOfAReplayAndItsRemovalAreNone() {
        assertThat(map(Records.status("evt_1", null)))
                .isEqualTo(new Mapping.Document(new StatusWrite(new EventStatus("evt_1", null, 3, 2, 1))));
        assertThat(map(Records.status("evt_1", "replay_1"))).isEqualTo(new Mapping.Nothing("replay"));
        assertThat(map(Records.record(Topics.EVENT_STATUS, null))).isEqualTo(new Mapping.Nothing("status-removed"));
        assertThat(map(Records.status("no id", null)))
                .isEqualTo(new Mapping.Unusable("event_id: expected an event id, got 'no id'"));
    }

    @Test
    void aLaneRecordIsTheDocumentOfItsEvent() {
        assertThat(map(Records.lane("evt_1")))
                .isEqualTo(new Mapping.Document(new EventWrite(Records.headers("evt_1"), Records.BODY)));
    }

    @Test
    void theLaneRecordOfAReplayIsNoDocument() {
        assertThat(map(Records.lane(Records.headers("evt_1").replayedAs("replay_1", "t1", null), Records.BODY)))
                .isEqualTo(new Mapping.Nothing("replay"));
    }

    @Test
    void aDeliveryRecordIsADocument() {
        DeliveryRecord delivery = Records.delivered("evt_1", "t1");

        assertThat(map(Records.delivery(delivery)))
                .isEqualTo(new Mapping.Document(new DeliveryWrite(StoredDelivery.of(delivery))));
    }

    @Test
    void anUnmatchedEventsRecordIsADocumentWithoutATarget() {
        DeliveryRecord unmatched = DeliveryRecord.unmatched(Records.headers("evt_1"), Records.TIME);

        assertThat(map(Records.delivery(unmatched)))
                .isEqualTo(new Mapping.Document(new DeliveryWrite(StoredDelivery.of(unmatched))));
    }

    @Test
    void aDeadLetterIsADocumentThatOfAReplayToo() {
        var headers = Records.headers("evt_1").replayedAs("replay_1", null, null);

        assertThat(map(Records.deadLetter(headers)))
                .isEqualTo(new Mapping.Document(
                        new DeadLetterWrite(StoredDeadLetter.of(headers, Records.letter()), Records.BODY)));
    }

    @Test
    void aQuarantinedRecordIsADocumentUnderWhereItCameFrom() {
        ConsumerRecord<byte[], byte[]> refused = Records.received(Records.record("audit.user", "no JSON"));
        ProducerRecord<byte[], byte[]> quarantined = QuarantineRecord.of(refused, "router", "value: expected JSON");

        assertThat(map(quarantined))
                .isEqualTo(new Mapping.Document(new QuarantineWrite(
                        QuarantineRecord.describing(refused, "router", "value: expected JSON"),
                        null,
                        base64("no JSON"),
                        at(quarantined))));
    }

    @Test
    void ofALongQuarantinedValueTheBeginningIsKept() {
        ConsumerRecord<byte[], byte[]> refused = Records.received(Records.record("audit.user", "x".repeat(100_000)));

        Mapping mapping = map(QuarantineRecord.of(refused, "router", "value: expected JSON"));

        assertThat(mapping).isInstanceOfSatisfying(Mapping.Document.class, document -> {
            QuarantineWrite write = (QuarantineWrite) document.write();
            assertThat(write.valueBase64()).isEqualTo(base64("x".repeat(DocumentMapper.MAX_QUARANTINED_BYTES)));
            assertThat(write.record().valueBytes()).isEqualTo(100_000);
        });
    }

    @Test
    void aQuarantineRecordThatIsItselfMalformedIsKeptUnderItsOwnPosition() {
        assertThat(map(Records.record(Topics.QUARANTINE, null)))
                .isInstanceOfSatisfying(Mapping.Document.class, document -> {
                    QuarantineWrite write = (QuarantineWrite) document.write();
                    assertThat(write.valueBase64()).isEmpty();
                    assertThat(write.record())
                            .extracting("reason", "stage", "topic", "partition", "offset")
                            .containsExactly(
                                    "header reason: expected a value, got nothing", "sink", "bus.quarantine", 1, 7L);
                });
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments(Records.record(Records.LANE, Records.BODY), "header event-id: expected a value, got nothing"),
                arguments(
                        with(Records.lane("evt_1"), "priority", "P9"),
                        "header priority: expected another form, got 'P9'"),
                arguments(
                        with(Records.lane("evt_1"), "expires-at", "+1000000000-12-31T23:59:59Z"),
                        "header expires-at: expected a time from 1970 to 9999, got +1000000000-12-31T23:59:59Z"),
                arguments(Records.lane(Records.headers("evt_1"), null), "value: expected a JSON object, got nothing"),
                arguments(
                        Records.lane(Records.headers("evt_1"), "[]"), "value: expected a JSON object, got other JSON"),
                arguments(
                        Records.lane(Records.headers("evt_1"), "{} {}"),
                        "value: expected one JSON object, got more after it"),
                arguments(
                        Records.lane(Records.headers("evt_1"), "{\"a\":"),
                        "value: expected a JSON object, got: Unexpected end-of-input within/between Object entries"),
                arguments(notUtf8(), "value: expected UTF-8, got other bytes"),
                arguments(
                        Records.record(Topics.DELIVERIES, null), "delivery record: expected JSON, got an empty record"),
                arguments(
                        Records.delivery(Records.delivered("no id", "t1")),
                        "event_id: expected an event id, got 'no id'"),
                arguments(
                        Records.delivery(Records.delivered("evt_1", null)),
                        "target_id: expected the target that the delivered record is about, got nothing"),
                arguments(
                        Records.record(Topics.DEAD_LETTERS, Records.BODY),
                        "header target-id: expected a value, got nothing"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedRecordIsUnusableForAReason(ProducerRecord<byte[], byte[]> record, String reason) {
        assertThat(map(record)).isEqualTo(new Mapping.Unusable(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"payload\":null}",
                "{ \"a\" : 1E+400,\n\"b\":\"\\ud800 ü 🚀\" }",
                "{\"n\":123456789012345678901234567890.12345678901234567890}"
            })
    void aBodyIsKeptCharacterByCharacter(String body) {
        assertThat(map(Records.lane(Records.headers("evt_1"), body)))
                .isEqualTo(new Mapping.Document(new EventWrite(Records.headers("evt_1"), body)));
    }

    @Test
    void aBodyAsDeepAsTheRouterLetsThroughIsUsable() {
        String body = "{\"payload\":" + "[".repeat(500) + "]".repeat(500) + "}";

        assertThat(map(Records.lane(Records.headers("evt_1"), body))).isInstanceOf(Mapping.Document.class);
    }

    private static Mapping map(ProducerRecord<byte[], byte[]> record) {
        return DocumentMapper.map(Records.received(record));
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> record, String header, String value) {
        record.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> notUtf8() {
        ProducerRecord<byte[], byte[]> record = Records.lane("evt_1");
        byte[] value = Arrays.copyOf(record.value(), record.value().length);
        value[14] = (byte) 0xff;
        ProducerRecord<byte[], byte[]> broken = new ProducerRecord<>(record.topic(), null, value);
        record.headers().forEach(broken.headers()::add);
        return broken;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant at(ProducerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(Records.received(record).timestamp());
    }
}
