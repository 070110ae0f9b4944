package com.audiojones.bus.admin;

import static com.audiojones.bus.admin.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryRouteTest {

    private static final Instant FAILED = AdminApi.NOW.minusSeconds(60);
    private static final String SINCE = ",\"failedSince\":\"2026-03-01T11:00:00Z\"}";

    private AdminApi api;
    private String target;

    @BeforeEach
    void start() {
        api = AdminApi.withSharedSecret();
        target = api.post("/targets", "{\"url\":\"https://example.com/hook\",\"events\":[\"audit.user\"]}")
                .json()
                .path("id")
                .textValue();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aFailedEventIsALaneRecordForThatTargetWithTheOriginalBytes() throws InvalidRecordException {
        StoredEvent event = Events.event("evt-1", "status_change", Priority.P1, "{\"n\":1e400}");
        api.store.addFailed(event, target, FAILED);

        AdminApi.Answer answer = recover();

        assertThat(answer.status()).isEqualTo(202);
        String replayId = answer.json().path("replayId").textValue();
        assertThat(replayId).matches("replay_" + AdminApi.NOW.toEpochMilli() + "_[0-9a-z]{9}");
        assertThat(answer.text())
                .isEqualTo("{\"replayId\":\"" + replayId + "\",\"targetId\":\"" + target
                        + "\",\"written\":1,\"total\":1}");
        assertThat(api.lanes.history()).hasSize(1);
        ProducerRecord<byte[], byte[]> record = api.lanes.history().getFirst();
        assertThat(record.topic()).isEqualTo("bus.lane.standard");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(event.body());
        assertThat(LaneHeaders.read(record.headers()))
                .isEqualTo(event.headers().replayedAs(replayId, target, AdminApi.NOW.plus(Duration.ofHours(1))));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "99, 1", "100, 2", "350, 4"})
    void everyFailedEventIsWrittenOnceAndAHundredAreReadAtATime(int count, int pages) {
        IntStream.range(0, count)
                .forEach(n -> api.store.addFailed(Events.numbered(n, "status_change"), target, FAILED));

        AdminApi.Answer answer = recover();

        assertThat(answer.json().path("written").asInt()).isEqualTo(count);
        assertThat(answer.json().path("total").asInt()).isEqualTo(count);
        assertThat(api.store.pagesRead).hasValue(pages);
        assertThat(api.lanes.history())
                .hasSize(count)
                .extracting(record -> new String(record.key(), UTF_8))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatFailsAfterTheRequestIsLeftToTheNext() {
        api.store.addFailed(Events.numbered(1, "status_change"), target, AdminApi.NOW);
        api.store.addFailed(Events.numbered(2, "status_change"), target, AdminApi.NOW.plusMillis(1));
        api.store.addFailed(Events.numbered(3, "status_change"), target, Instant.parse("2026-03-01T10:59:59.999Z"));
        api.store.addFailed(Events.numbered(4, "status_change"), "another", FAILED);

        recover();

        assertThat(api.lanes.history())
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("evt-1");
    }

    @Test
    void aStoreThatGoesAwayBetweenPagesIsToldAndAnotherRecoveryStartsOver() {
        IntStream.range(0, 150).forEach(n -> api.store.addFailed(Events.numbered(n, "status_change"), target, FAILED));
        api.store.beforeEveryCall = () -> api.store.unavailable = api.store.pagesRead.get() == 1;

        assertProblem(503, "Service Unavailable", recover());
        assertThat(api.lanes.history()).hasSize(100);
        api.store.beforeEveryCall = () -> {};
        api.store.unavailable = false;

        assertThat(recover().json().path("written").asInt()).isEqualTo(150);
    }

    @Test
    void aTargetThatIsNotThereIsUnknown() {
        AdminApi.Answer answer = api.post("/replay", "{\"targetId\":\"tgt_other\"" + SINCE);

        assertProblem(404, "Not Found", answer);
        assertThat(answer.json().path("detail").textValue())
                .isEqualTo("targetId: expected the id of a target, got 'tgt_other'");
    }

    @Test
    void aPausedTargetIsToBeResumedFirst() {
        api.store.addFailed(Events.numbered(1, "status_change"), target, FAILED);
        api.patch("/targets/" + target, "{\"paused\":true}");

        assertThat(recover().json().path("detail").textValue())
                .isEqualTo("targetId: expected a target that takes deliveries, got a paused one;"
                        + " set paused to false first");
        assertThat(api.lanes.history()).isEmpty();
    }

    @Test
    void aFieldOfNullIsNone() {
        assertThat(api.post("/replay", "{\"eventId\":null,\"targetUrl\":null,\"targetId\":\"" + target + "\"" + SINCE)
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'targetId':'T'} | failedSince: expected a time such as 2026-11-22T10:00:00Z, got nothing",
                "{'failedSince':'2026-03-01T11:00:00Z'} | targetId: expected the id of a target as text, got nothing",
                "{'targetId':7,'failedSince':'2026-03-01T11:00:00Z'}"
                        + " | targetId: expected the id of a target as text, got '7'",
                "{'targetId':'','failedSince':'2026-03-01T11:00:00Z'}"
                        + " | targetId: expected the id of a target as text, got ''",
                "{'targetId':'T','failedSince':'yesterday'}"
                        + " | failedSince: expected a time such as 2026-11-22T10:00:00Z, got 'yesterday'",
                "{'targetId':'T','failedSince':1763805600}"
                        + " | failedSince: expected a time such as 2026-11-22T10:00:00Z, got '1763805600'",
                "{'targetId':'T','failedSince':'2026-03-01T12:00:01Z'}"
                        + " | failedSince: expected a time from 1970 to now, got '2026-03-01T12:00:01Z'",
                "{'targetId':'T','failedSince':'-1000000000-01-01T00:00:00Z'}"
                        + " | failedSince: expected a time from 1970 to now, got '-1000000000-01-01T00:00:00Z'",
                "{'targetId':'T','failedSince':'2026-03-01T11:00:00Z','eventId':'evt-1'}"
                        + " | body: expected either eventId, or targetId and failedSince, got eventId beside targetId",
                "{'eventId':'evt-1','failedSince':'2026-03-01T11:00:00Z'}"
                        + " | body: expected either eventId, or targetId and failedSince,"
                        + " got eventId beside failedSince",
                "{'targetId':'T','failedSince':'2026-03-01T11:00:00Z','targetUrl':'https://example.com'}"
                        + " | body: expected either eventId, or targetId and failedSince, got targetUrl beside targetId",
                "{'targetId':'T','failedSince':'2026-03-01T11:00:00Z','failedUntil':'2026-03-01T12:00:00Z'}"
                        + " | body: expected only eventId and targetUrl, or targetId and failedSince, got 'failedUntil'"
            })
    void aBodyThatIsNotAsItMustBeIsToldInASentence(String body, String sentence) {
        api.store.addFailed(Events.numbered(1, "status_change"), target, FAILED);

        AdminApi.Answer answer = api.post("/replay", body.replace('\'', '"').replace("\"T\"", "\"" + target + "\""));

        assertProblem(400, "Bad Request", answer);
        assertThat(answer.json().path("detail").textValue()).isEqualTo(sentence);
        assertThat(api.lanes.history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR 1=1 --", "<script>", "../events", "tgt_\\u0000"})
    void aHostileTargetIdIsUnknown(String id) {
        assertThat(api.post("/replay", "{\"targetId\":\"" + id + "\"" + SINCE).status())
                .isEqualTo(404);
    }

    private AdminApi.Answer recover() {
        return api.post("/replay", "{\"targetId\":\"" + target + "\"" + SINCE);
    }
}
