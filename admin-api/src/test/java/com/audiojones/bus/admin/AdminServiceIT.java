package com.audiojones.bus.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.KafkaSettings;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.live.LiveSettings;
import com.audiojones.bus.store.EventStore;
import com.audiojones.bus.store.StoreWrite;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.target.TargetCodec;
import com.audiojones.bus.target.TargetTopic;
import com.audiojones.bus.testkit.TestBus;
import com.audiojones.bus.topic.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an answer promises is in Kafka and in the store when it arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminServiceIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private TestBus bus;
    private KafkaSettings kafka;
    private EventStore store;

    @BeforeAll
    void start(@TempDir Path directory) throws InterruptedException {
        bus = TestBus.start(directory.resolve("kafka"));
        kafka = bus.kafka();
        store = SqliteEventStore.open(directory.resolve("events.db"));
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        store.close();
        bus.close();
    }

    @Test
    void aTargetIsInTheTopicWhenItsAnswerArrivesAndOutOfItWhenItsDeletionIsAnswered() throws Exception {
        try (TargetTopic topic = new TargetTopic(kafka, "test-targets");
                AdminService service = started(kafka, topic)) {
            HttpResponse<String> created = post(service, "/targets", "{\"url\":\"https://example.com/hook\"}");

            String id = json(created).path("id").textValue();
            assertThat(created.statusCode()).isEqualTo(201);
            byte[] published = of(id, bus.records(Topics.TARGETS)).getLast().value();
            assertThat(TargetCodec.fromJson(id, published))
                    .isEqualTo(store.targets().byId(id).orElseThrow());

            HttpResponse<String> deleted = send(service, "/targets/" + id, "DELETE", "");

            assertThat(deleted.statusCode()).isEqualTo(204);
            assertThat(of(id, bus.records(Topics.TARGETS)).getLast().value()).isNull();
            assertThat(store.targets().byId(id)).isEmpty();
        }
    }

    @Test
    void aReplayIsInItsLaneByteForByteWhenItsAnswerArrives() throws Exception {
        StoredEvent event =
                Events.event("evt-7", "status_change", Priority.P3, "{\"n\":1e400,\"z\":[ 1 ],\"a\":\"ü\\u00fc\"}");
        store.write(List.of(new StoreWrite.EventWrite(event.headers(), event.body())));
        try (TargetTopic topic = new TargetTopic(kafka, "test-targets");
                AdminService service = started(kafka, topic)) {
            HttpResponse<String> answer =
                    post(service, "/replay", "{\"eventId\":\"evt-7\",\"targetUrl\":\"https://example.com/elsewhere\"}");

            assertThat(answer.statusCode()).isEqualTo(202);
            String target = json(answer).path("targets").get(0).textValue();
            List<ConsumerRecord<byte[], byte[]>> lane = of("evt-7", bus.records("bus.lane.low"));
            assertThat(lane).hasSize(1);
            assertThat(new String(lane.getFirst().value(), UTF_8)).isEqualTo(event.body());
            LaneHeaders headers = LaneHeaders.read(lane.getFirst().headers());
            assertThat(headers.replayId())
                    .isEqualTo(json(answer).path("replayId").textValue());
            assertThat(headers.onlyTarget()).isEqualTo(target);
            assertThat(of(target, bus.records(Topics.TARGETS))).singleElement().satisfies(published -> assertThat(
                            published.timestamp())
                    .isLessThanOrEqualTo(lane.getFirst().timestamp()));
        }
    }

    @Test
    void whileNoBrokerAnswersAChangeFailsInTimeAndNothingStays() throws Exception {
        KafkaSettings nowhere = new KafkaSettings("127.0.0.1:1", Map.of());
        int before = store.targets().all().size();
        try (TargetTopic topic = new TargetTopic(nowhere, "test-targets");
                AdminService service = started(nowhere, topic)) {
            long began = System.nanoTime();

            HttpResponse<String> answer = post(service, "/targets", "{\"url\":\"https://example.com/hook\"}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(21));
            assertThat(store.targets().all()).hasSize(before);
        }
    }

    private AdminService started(KafkaSettings where, TargetTopic topic) {
        AdminService service = new AdminService(
                AdminApi.settings(AdminApi.SHARED),
                where,
                store,
                new AdminTopics(topic, new FakeSettings(), () -> LiveSettings.DEFAULTS, Set::of, Map::of),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        service.start();
        return service;
    }

    private HttpResponse<String> post(AdminService service, String path, String body) throws Exception {
        return send(service, path, "POST", body);
    }

    private HttpResponse<String> send(AdminService service, String path, String method, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + AdminApi.BASE + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("admin-key", AdminApi.KEY)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<ConsumerRecord<byte[], byte[]>> of(String key, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> key.equals(new String(record.key(), UTF_8)))
                .toList();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
