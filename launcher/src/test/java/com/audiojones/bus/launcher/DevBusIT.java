package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.config.ConfigException;
import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import com.audiojones.bus.secret.Secret;
import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.signature.WebhookVerifier;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.ScriptedReceiver.Request;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bus in one process, from a Kafka record to a webhook, the store and the admin API. */
class DevBusIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "a-secret-of-the-test-with-32-characters";
    private static final String LOGIN =
            "{\"id\":\"e-1\",\"type\":\"user.login\",\"actor\":\"u-1\",\"actorType\":\"user\",\"data\":{\"n\": 1.0}}";

    @TempDir
    private Path directory;

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private DevBus bus;
    private AdminCalls admin;
    private TestPublisher publisher;

    @BeforeEach
    void start() throws InterruptedException {
        bus = DevBus.start(new Options(directory, 0, 0, 0, false));
        assertThat(bus.awaitReady()).isTrue();
        admin = new AdminCalls(bus.endpoints().http(), bus.adminKey().reveal());
        publisher = new TestPublisher(bus.endpoints().kafka());
    }

    @AfterEach
    void close() {
        publisher.close();
        admin.close();
        bus.close();
        receiver.close();
    }

    @Test
    void aPublishedEventIsDeliveredSignedAndStored() throws Exception {
        String target = addTarget("/hook", "[\"audit.user\"]");

        publisher.publish("audit.user", LOGIN).get();

        Request request = firstRequest();
        assertThat(request.body())
                .startsWith("{\"event_id\":\"e-1\",\"event_type\":\"user.login\",\"timestamp\":\"")
                .contains(",\"payload\":{\"n\": 1.0},\"metadata\":{\"actor\":\"u-1\"");
        assertGenuine(request);
        assertThat(request.header("webhook-id")).isEqualTo(WebhookId.of("e-1", target));
        JsonNode event = storedWithCounters("e-1", 1, 1, 0);
        assertThat(event.path("event_type").asText()).isEqualTo("user.login");
        assertThat(event.path("topic").asText()).isEqualTo("audit.user");
    }

    @Test
    void aDeliveryThatFailsThreeTimesIsADeadLetterAndAReplayDeliversItAgain() throws Exception {
        addTarget("/hook", "[]");
        receiver.answer(request -> Answer.of(503));
        publisher.publish("audit.user", LOGIN).get();
        storedWithCounters("e-1", 1, 0, 1);
        receiver.answer(request -> Answer.ok());

        AdminCalls.Answer replay = admin.post("replay", "{\"eventId\":\"e-1\"}");

        assertThat(replay.status()).isEqualTo(202);
        await().atMost(SOON).until(() -> receiver.requests().size() == 4);
        List<Request> requests = receiver.requests();
        assertThat(requests.getLast().header("X-AJ-Replay"))
                .isEqualTo(replay.json().path("replayId").asText());
        assertThat(requests.getLast().body()).isEqualTo(requests.getFirst().body());
        assertThat(requests.getLast().header("webhook-id"))
                .isEqualTo(requests.getFirst().header("webhook-id"));
        storedWithCounters("e-1", 1, 0, 1);
    }

    @Test
    void aReplayMayGoToOneTargetWhateverItsFilter() throws Exception {
        addTarget("/all", "[]");
        addTarget("/status", "[\"status_*\"]");
        publisher.publish("audit.user", LOGIN).get();
        storedWithCounters("e-1", 1, 1, 0);

        admin.post("replay", "{\"eventId\":\"e-1\",\"targetUrl\":\"" + receiver.url("/status") + "\"}");

        await().atMost(SOON).until(() -> receiver.requests().size() == 2);
        assertThat(receiver.requests()).extracting(Request::path).containsExactly("/all", "/status");
    }

    @Test
    void aReplayToAFreeAddressNeedsTheSharedSecret() throws Exception {
        publisher.publish("audit.user", LOGIN).get();
        storedWithCounters("e-1", 0, 0, 0);

        AdminCalls.Answer answer =
                admin.post("replay", "{\"eventId\":\"e-1\",\"targetUrl\":\"" + receiver.url("/free") + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("AJ_WEBHOOK_SHARED_SECRET");
    }

    @Test
    void aRecordThatIsNoEventIsCountedInQuarantine() throws Exception {
        publisher.publish("audit.user", "nonsense").get();

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        admin.get("stats").json().path("quarantined").asInt())
                .isEqualTo(1));
    }

    @Test
    void aLaneRecordThatIsNoDeliveryBodyIsQuarantinedAndTheLaneGoesOn() throws Exception {
        addTarget("/hook", "[]");
        publisher.publishToLane("bus.lane.standard", null).get();

        for (int i = 0; i < 20; i++) {
            publisher.publish("audit.user", LOGIN.replace("e-1", "e-" + i)).get();
        }

        await().atMost(SOON).until(() -> receiver.requests().size() == 20);
        await().atMost(SOON)
                .until(() -> admin.get("stats").json().path("quarantined").asInt() == 1);
    }

    @Test
    void whatUnpacksToMoreThanItsTopicTakesIsRefusedAtTheDoor() throws Exception {
        byte[] bomb = " ".repeat(8 * 1024 * 1024).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> publisher.publishCompressed("audit.user", bomb).get())
                .hasCauseInstanceOf(RecordTooLargeException.class);

        addTarget("/hook", "[]");
        publisher
                .publishCompressed("audit.user", LOGIN.getBytes(StandardCharsets.UTF_8))
                .get();
        firstRequest();
    }

    @Test
    void aSlowReceiverThatAnswersInTimeGetsItsEventsWithoutADeadLetter() throws Exception {
        addTarget("/hook", "[]");
        receiver.answer(request -> {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            return Answer.ok();
        });

        for (int i = 0; i < 400; i++) {
            publisher.publish("audit.user", LOGIN.replace("e-1", "e-" + i)).get();
        }

        await().atMost(SOON)
                .until(() -> admin.get("stats").json().path("delivered").asInt() == 400);
        assertThat(admin.get("stats").json().path("deadLettered").asInt()).isZero();
    }

    @Test
    void aRestartGoesOnWhereTheLastRunEnded() throws Exception {
        addTarget("/hook", "[]");
        publisher.publish("audit.user", LOGIN).get();
        close();

        start();

        storedWithCounters("e-1", 1, 1, 0);
        assertThat(admin.get("targets").json().path("targets")).hasSize(1);
    }

    @Test
    void whatIsInUseIsOneSentence() throws IOException {
        assertThatThrownBy(() -> DevBus.start(new Options(directory, 0, 0, 0, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("data directory " + directory
                        + " is in use by another ajbus: stop it or choose another with --data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> DevBus.start(new Options(directory.resolve("2"), port, 0, 0, false)))
                    .hasMessageContaining("port " + port + " on 127.0.0.1 is in use")
                    .hasMessageContaining("--kafka-port");
            assertThatThrownBy(() -> DevBus.start(new Options(directory.resolve("3"), 0, port, 0, false)))
                    .hasMessageContaining("port " + port + " on 127.0.0.1 is in use")
                    .hasMessageContaining("--http-port");
            assertThatThrownBy(() -> DevBus.start(new Options(directory.resolve("4"), 0, 0, port, false)))
                    .hasMessageContaining("port " + port + " on 127.0.0.1")
                    .hasMessageContaining("--ops-port");
        }
    }

    private String addTarget(String path, String events) throws Exception {
        AdminCalls.Answer answer = admin.post(
                "targets",
                "{\"url\":\"" + receiver.url(path) + "\",\"secret\":\"" + SECRET + "\",\"events\":" + events + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static void assertGenuine(Request request) {
        Map<String, List<String>> headers = request.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookVerifier.aj(new Secret(SECRET)).refusal(headers, body))
                .isEmpty();
        assertThat(WebhookVerifier.standard(new Secret(SECRET)).refusal(headers, body))
                .isEmpty();
    }

    private Request firstRequest() {
        await().atMost(SOON).until(() -> !receiver.requests().isEmpty());
        return receiver.requests().getFirst();
    }

    private JsonNode storedWithCounters(String eventId, int dispatchedTo, int success, int failed) {
        return await().atMost(SOON)
                .until(
                        () -> admin.get("events/" + eventId).json(),
                        event -> event.path("dispatched_to").asInt(-1) == dispatchedTo
                                && event.path("delivery_success").asInt(-1) == success
                                && event.path("delivery_failed").asInt(-1) == failed);
    }
}
