package com.audiojones.bus.router.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.kafka.RecordJson;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.router.Malformed;
import com.audiojones.bus.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a record can contain stops the router. {@code -Dajbus.long=true} takes ten times as many. */
class RouterFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("ajbus.long") ? 2_000_000 : 200_000;
    private static final int OF_EACH_KIND = 20;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> WHOLE = List.of(
            "{\"type\":\"user.login\",\"actor\":\"u\",\"actorType\":\"user\",\"data\":{\"a\":[1,2.5e10,\"\u00e9\"]}}",
            "{\"id\":\"e-1\",\"type\":\"a.b\",\"actor\":\"u\",\"actorType\":\"ai\",\"data\":null,\"timestamp\":"
                    + "\"2025-11-11T10:30:00.000Z\",\"priority\":\"P2\",\"ttl\":60,\"metadata\":{\"source\":\"x\"}}",
            "{\"event_type\":\"status_change\",\"payload\":{\"severity\":\"critical\"},\"metadata\":{\"k\":\"\\u00e9\"}}",
            "{\"event_id\":\"x\",\"event_type\":\"incident_opened\",\"payload\":[],\"timestamp\":\"2025-01-01T00:00:00+01:00\"}");

    private static final String CLOUD_EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"ce-1\",\"source\":\"/s\",\"type\":\"a.b\","
                    + "\"time\":\"2026-03-01T13:00:00+01:00\",\"subject\":\"k\",\"priority\":\"P1\",\"ttl\":900,\"data\":{\"a\":[1,2]}}";

    private static final Map<String, String> STRUCTURED = Map.of("content-type", "application/cloudevents+json");

    private static final Map<String, String> BINARY = Map.of(
            "ce_specversion", "1.0",
            "ce_id", "ce-1",
            "ce_source", "/s",
            "ce_type", "a.b",
            "ce_time", "2026-03-01T13:00:00+01:00",
            "ce_ttl", "900",
            "ce_region", "eu",
            "content-type", "application/json");

    static Stream<Malformed> kinds() {
        return Malformed.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsNoEventIsInvalidWithOneSentence(Malformed kind) {
        for (int seed = 0; seed < OF_EACH_KIND; seed++) {
            byte[] value = kind.make().apply(new Random(seed));

            RoutingDecision decision = decide("audit.user", null, value);

            assertThat(decision).as("%s, seed %d", kind.name(), seed).isInstanceOf(RoutingDecision.Invalid.class);
            assertThat(((RoutingDecision.Invalid) decision).reason())
                    .as("%s, seed %d", kind.name(), seed)
                    .contains("expected")
                    .contains("got")
                    .doesNotContainPattern("\\p{Cntrl}|Exception|com\\.fasterxml")
                    .hasSizeLessThan(500);
        }
    }

    @Test
    void whateverIsMutatedIsDecidedAndWhatIsRoutedCanBeRead() throws Exception {
        long seed = Long.getLong("ajbus.seed", System.nanoTime());
        System.err.println("RouterFuzzTest: seed " + seed + ", " + ROUNDS + " records");
        Random random = new Random(seed);
        List<String> topics = Topics.ingest();
        int routed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] value = mutated(WHOLE.get(random.nextInt(WHOLE.size())).getBytes(StandardCharsets.UTF_8), random);
            byte[] key = random.nextInt(10) == 0 ? mutated(new byte[random.nextInt(40)], random) : null;
            String topic = topics.get(random.nextInt(topics.size()));

            RoutingDecision decision = decide(topic, key, value);

            if (decision instanceof RoutingDecision.Routed to) {
                RecordHeaders headers = new RecordHeaders();
                to.headers().writeTo(headers);
                assertThat(LaneHeaders.read(headers)).isEqualTo(to.headers());
                routed++;
            } else if (decision instanceof RoutingDecision.Invalid invalid) {
                assertThat(QuarantineRecord.of(record(topic, key, value), "router", invalid.reason())
                                .value())
                        .isEqualTo(value);
            }
        }
        assertThat(routed).as("some mutations are harmless").isBetween(ROUNDS / 100, ROUNDS / 2);
    }

    /** Attributes in headers and in a structured value, each mutated now and then. */
    @Test
    void whateverIsMutatedOfACloudEventIsDecidedAndWhatIsRoutedIsJson() throws Exception {
        long seed = Long.getLong("ajbus.seed", System.nanoTime());
        System.err.println("RouterFuzzTest: CloudEvents, seed " + seed + ", " + ROUNDS / 4 + " records");
        Random random = new Random(seed);
        int routed = 0;
        for (int i = 0; i < ROUNDS / 4; i++) {
            boolean binary = random.nextBoolean();
            RecordHeaders headers = new RecordHeaders();
            (binary ? BINARY : STRUCTURED).forEach((name, text) -> {
                byte[] value = text.getBytes(StandardCharsets.UTF_8);
                headers.add(name, random.nextInt(12) == 0 ? mutated(value, random) : value);
            });
            byte[] whole = (binary ? "{\"a\":[1,2.5e10]}" : CLOUD_EVENT).getBytes(StandardCharsets.UTF_8);
            byte[] value = random.nextInt(3) == 0 ? whole : mutated(whole, random);
            ConsumerRecord<byte[], byte[]> record = record("audit.user", null, value, headers);

            RoutingDecision decision = Router.decide(new IngestRecord(record), LiveSettings.DEFAULTS, NOW);

            if (decision instanceof RoutingDecision.Routed to) {
                assertThat(RecordJson.MAPPER.readTree(to.body().bytes()).isObject())
                        .isTrue();
                routed++;
            }
        }
        assertThat(routed).isBetween(ROUNDS / 100, ROUNDS / 4);
    }

    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0 && bytes.length > 2; edits--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(4)) {
                case 0 -> set(bytes, at, (byte) random.nextInt(256));
                case 1 -> cut(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)));
                case 2 -> twice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(40)));
                default -> set(bytes, at, (byte) "{}[]\",:\\0-.eEtfn".charAt(random.nextInt(16)));
            };
        }
        return bytes;
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] cut(byte[] bytes, int from, int to) {
        byte[] rest = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, rest, 0, from);
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    private static byte[] twice(byte[] bytes, int from, int to) {
        byte[] more = new byte[bytes.length + (to - from)];
        System.arraycopy(bytes, 0, more, 0, to);
        System.arraycopy(bytes, from, more, to, bytes.length - from);
        return more;
    }

    private static RoutingDecision decide(String topic, byte[] key, byte[] value) {
        return Router.decide(new IngestRecord(record(topic, key, value)), LiveSettings.DEFAULTS, NOW);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value) {
        return record(topic, key, value, new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String topic, byte[] key, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                topic,
                0,
                7,
                NOW.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                key == null ? -1 : key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
