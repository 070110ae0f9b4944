package com.audiojones.bus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audiojones.bus.launcher.role.DevBus;
import com.audiojones.bus.launcher.role.DevBus.Options;
import com.audiojones.bus.signature.WebhookId;
import com.audiojones.bus.store.Failures;
import com.audiojones.bus.store.sqlite.SqliteEventStore;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import com.audiojones.bus.testkit.ScriptedReceiver.Request;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What failed for a target for good comes back to it, each event once, when an operator asks for it. */
@Timeout(90)
class RecoveryIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Answer ABORT = new Answer(500, Map.of("webhook-delivery", "abort-message"), "no");

    @TempDir
    private Path directory;

    private final Instant begun = Instant.now();
    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private DevBus bus;
    private AdminCalls admin;
    private TestPublisher publisher;
    private SqliteEventStore store;

    @BeforeEach
    void start() throws Exception {
        bus = DevBus.start(new Options(directory, 0, 0, 0, false));
        assertThat(bus.awaitReady()).isTrue();
        admin = new AdminCalls(bus.endpoints().http(), bus.adminKey().reveal());
        publisher = new TestPublisher(bus.endpoints().kafka());
        store = SqliteEventStore.open(directory.resolve("events.db"));
    }

    @AfterEach
    void close() {
        store.close();
        publisher.close();
        admin.close();
        bus.close();
        receiver.close();
    }

    @Test
    void aTargetThatWasGoneGetsEverythingOnceItIsEnabledAndRecovered() throws Exception {
        String gone = addTarget("/gone", "[\"audit.user\", \"alert_triggered\"]");
        addTarget("/operators", "[\"alert_triggered\"]");
        receiver.answer("/gone", request -> Answer.of(410));
        publish("pending-", 40);
        awaitFailed(gone, 40);
        int refused = requestsTo("/gone").size();
        publish("later-", 20);
        awaitFailed(gone, 60);
        assertThat(requestsTo("/gone")).hasSize(refused);
        assertThat(reasons()).isEqualTo(Set.of("TARGET_DISABLED"));
        await().atMost(SOON).until(() -> requestsTo("/operators").stream()
                .anyMatch(request -> request.body().contains("\"event_type\":\"alert_triggered\"")
                        && request.body().contains("Webhook target disabled")
                        && request.body().contains(gone)));

        receiver.answer("/gone", request -> Answer.ok());
        assertThat(admin.patch("targets/" + gone, "{\"description\":\"mended\"}")
                        .status())
                .isEqualTo(200);
        JsonNode recovery = recover(gone);

        awaitFailed(gone, 0);
        assertRecovered("/gone", gone, recovery, both(ids("pending-", 40), ids("later-", 20)));
        assertThat(recover(gone).path("total").asInt(-1)).isZero();
        assertThat(requestsTo("/gone"))
                .noneMatch(request -> request.body().contains("\"event_type\":\"alert_triggered\""));
        publish("after-", 1);
        await().atMost(SOON).until(() -> requestsTo("/gone").stream()
                .anyMatch(request -> isOriginal(request)
                        && LanePublisher.eventId(request.body()).equals("after-0")));
    }

    @Test
    void whatFailedOverSeveralPagesIsSentOnceEachThoughMoreFailsMeanwhile() throws Exception {
        String target = addTarget("/hook", "[\"audit.user\"]");
        receiver.answer(
                "/hook",
                request ->
                        isOriginal(request) || isSeventh(LanePublisher.eventId(request.body())) ? ABORT : Answer.ok());
        publish("e-", 350);
        awaitFailed(target, 350);

        JsonNode first = recoverWhilePublishing(target);
        awaitDeadLettered(350 + 50);
        awaitFailed(target, 50 + 50);
        receiver.answer("/hook", request -> Answer.ok());
        JsonNode second = recover(target);
        awaitFailed(target, 0);

        assertRecovered("/hook", target, first, ids("e-", 350));
        Set<String> failedAgain =
                ids("e-", 350).stream().filter(RecoveryIT::isSeventh).collect(Collectors.toCollection(TreeSet::new));
        assertRecovered("/hook", target, second, both(failedAgain, ids("meanwhile-", 50)));
        int before = requestsTo("/hook").size();
        assertThat(before).isEqualTo(350 + 50 + 350 + 100);
        assertThat(recover(target).path("total").asInt(-1)).isZero();
        await().during(QUIET).atMost(SOON).until(() -> requestsTo("/hook").size() == before);
    }

    /** With failures of other events before, between and after the pages; they are not part of the recovery. */
    private JsonNode recoverWhilePublishing(String target) throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<JsonNode> recovery = threads.submit(() -> recover(target));
            publish("meanwhile-", 50);
            return recovery.get();
        }
    }

    private void assertRecovered(String path, String target, JsonNode recovery, Set<String> expected) {
        assertThat(recovery.path("written").asInt(-1)).isEqualTo(expected.size());
        assertThat(recovery.path("total").asInt(-1)).isEqualTo(expected.size());
        List<String> arrived = requestsTo(path).stream()
                .filter(request -> recovery.path("replayId").asText().equals(request.header("X-AJ-Replay")))
                .map(request -> LanePublisher.eventId(request.body()))
                .toList();
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(requestsTo(path)).allSatisfy(request -> assertThat(request.header("webhook-id"))
                .isEqualTo(WebhookId.of(LanePublisher.eventId(request.body()), target)));
    }

    private String addTarget(String path, String events) throws Exception {
        AdminCalls.Answer answer = admin.post(
                "targets",
                "{\"url\":\"" + receiver.url(path)
                        + "\",\"secret\":\"a-secret-of-the-test-with-32-characters\",\"events\":" + events + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode recover(String target) throws Exception {
        AdminCalls.Answer answer =
                admin.post("replay", "{\"targetId\":\"" + target + "\",\"failedSince\":\"" + begun + "\"}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return answer.json();
    }

    private void publish(String prefix, int count) throws Exception {
        for (String id : ids(prefix, count)) {
            publisher.publish(
                    "audit.user",
                    "{\"id\":\"" + id
                            + "\",\"type\":\"user.login\",\"actor\":\"u-1\",\"actorType\":\"user\",\"data\":{}}");
        }
    }

    private void awaitFailed(String target, long count) {
        Failures failures = new Failures(target, begun, Instant.now().plus(SOON));
        await().atMost(SOON).until(() -> store.countFailed(failures), failed -> failed == count);
    }

    private void awaitDeadLettered(long count) {
        await().atMost(SOON).until(() -> store.stats(Instant.EPOCH).events().deadLettered(), number -> number == count);
    }

    private Set<String> reasons() throws SQLException {
        Set<String> reasons = new TreeSet<>();
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("events.db"));
                Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT reason FROM dead_letters")) {
            while (rows.next()) {
                reasons.add(rows.getString(1));
            }
        }
        return reasons;
    }

    private List<Request> requestsTo(String path) {
        return receiver.requests().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static boolean isOriginal(Request request) {
        return request.header("X-AJ-Replay") == null;
    }

    private static boolean isSeventh(String eventId) {
        return eventId.startsWith("e-") && Integer.parseInt(eventId.substring(2)) % 7 == 0;
    }

    private static Set<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
