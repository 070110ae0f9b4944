package com.audiojones.bus.admin;

import static com.audiojones.bus.admin.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.delivery.DeadLetterReason;
import com.audiojones.bus.delivery.DeliveryKind;
import com.audiojones.bus.event.Priority;
import com.audiojones.bus.quarantine.QuarantineRecord;
import com.audiojones.bus.store.StoreWrite.QuarantineWrite;
import com.audiojones.bus.store.StoredDeadLetter;
import com.audiojones.bus.store.StoredDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happened to an event, what was given up, and what could not be used. */
class FailureRoutesTest {

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
    void anEventSaysWhatHappenedToIt() {
        api.store.deliveries.add(new StoredDelivery(
                "evt-1",
                DeliveryKind.ATTEMPT_FAILED,
                "t1",
                null,
                "https://example.com/hook",
                1,
                1,
                1,
                500,
                12L,
                "http_500",
                "expected a 2xx answer, got 500",
                "sorry",
                Events.INGESTED,
                Events.INGESTED.plusSeconds(2)));

        AdminApi.Answer answer = api.get("/events/evt-1/deliveries");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"deliveries\":[{\"outcome\":\"attempt-failed\",\"target_id\":\"t1\",\"replay_id\":null,"
                        + "\"url\":\"https://example.com/hook\",\"request_no\":1,\"attempt\":1,\"status\":500,"
                        + "\"response_time_ms\":12,\"error\":\"http_500\","
                        + "\"error_message\":\"expected a 2xx answer, got 500\",\"response_excerpt\":\"sorry\","
                        + "\"timestamp\":\"2026-03-01T10:00:01.000Z\","
                        + "\"next_attempt_at\":\"2026-03-01T10:00:03.000Z\"}]}");
    }

    @Test
    void anEventToWhichNothingHappenedYetHasNoDeliveriesAndAnUnknownOneIsUnknown() {
        api.store.add(Events.event("evt-2", "status_change", Priority.P1, "{}"));

        assertThat(api.get("/events/evt-2/deliveries").text()).isEqualTo("{\"deliveries\":[]}");
        assertProblem(404, "Not Found", api.get("/events/evt-3/deliveries"));
        assertProblem(404, "Not Found", api.get("/events/%20/deliveries"));
    }

    @Test
    void deadLettersOfATargetAreListedByPages() {
        for (int i = 0; i < 3; i++) {
            api.store.letters.add(new StoredDeadLetter(
                    "evt-" + i,
                    "t1",
                    null,
                    "status_change",
                    "https://example.com/hook",
                    DeadLetterReason.MAX_ATTEMPTS,
                    "expected 2xx, got 500",
                    500,
                    3,
                    Events.INGESTED));
        }

        AdminApi.Answer first = api.get("/dead-letters?targetId=t1&limit=2");
        String next = first.json().path("next").textValue();
        AdminApi.Answer last = api.get("/dead-letters?targetId=t1&limit=2&cursor=" + next);

        assertThat(first.json().path("dead_letters").findValuesAsText("event_id"))
                .containsExactly("evt-0", "evt-1");
        assertThat(last.json().path("dead_letters")).hasSize(1);
        assertThat(last.json().path("next").isNull()).isTrue();
        assertThat(first.json().path("dead_letters").get(0).toString())
                .isEqualTo("{\"event_id\":\"evt-0\",\"event_type\":\"status_change\",\"target_id\":\"t1\","
                        + "\"replay_id\":null,\"url\":\"https://example.com/hook\",\"reason\":\"max_attempts\","
                        + "\"last_error\":\"expected 2xx, got 500\",\"last_status\":500,\"attempts\":3,"
                        + "\"timestamp\":\"2026-03-01T10:00:01.000Z\"}");
        assertThat(api.get("/dead-letters?targetId=t2").json().path("dead_letters"))
                .isEmpty();
    }

    @Test
    void quarantineIsListedAsItWasReceived() {
        QuarantineRecord record = new QuarantineRecord(
                "value: expected JSON", "router", "audit.user", 3, 42, Events.INGESTED.toEpochMilli(), 3, "abc");
        api.store.quarantine.add(new QuarantineWrite(record, null, "AAAA", Events.INGESTED.plusSeconds(1)));

        assertThat(api.get("/quarantine").text())
                .isEqualTo("{\"records\":[{\"topic\":\"audit.user\",\"partition\":3,\"offset\":42,"
                        + "\"stage\":\"router\",\"reason\":\"value: expected JSON\","
                        + "\"timestamp\":\"2026-03-01T10:00:02.000Z\",\"appended_at\":\"2026-03-01T10:00:01.000Z\","
                        + "\"key_base64\":null,\"value_base64\":\"AAAA\",\"value_bytes\":3,"
                        + "\"value_sha256\":\"abc\"}],\"next\":null}");
    }

    @Test
    void aReplayIsListedAndFoundByItsId() {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));
        String id = api.post("/replay", "{\"eventId\":\"evt-1\"}")
                .json()
                .path("replayId")
                .textValue();

        AdminApi.Answer answer = api.get("/replays/" + id);

        assertThat(answer.text())
                .isEqualTo("{\"replayId\":\"" + id + "\",\"eventId\":\"evt-1\",\"targetId\":null,\"failedSince\":null,"
                        + "\"state\":\"done\",\"written\":1,\"total\":1,\"startedAt\":\"2026-03-01T12:00:00.000Z\","
                        + "\"changedAt\":\"2026-03-01T12:00:00.000Z\",\"problem\":null}");
        assertThat(api.get("/replays").json().path("replays").get(0)).isEqualTo(answer.json());
        assertProblem(404, "Not Found", api.get("/replays/replay_1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/dead-letters | targetId: expected the id of a target, got nothing",
                "/dead-letters?targetId=t1&limit=0 | limit: expected a whole number from 1 to 500, got '0'",
                "/dead-letters?targetId=t1&cursor=x | cursor: expected the 'next' of an earlier page, got 'x'",
                "/quarantine?cursor=x | cursor: expected the 'next' of an earlier page, got 'x'",
                "/quarantine?topic=x | query: expected one of limit, cursor, got 'topic'"
            })
    void whatMakesNoSenseIsRefused(String path, String reason) {
        AdminApi.Answer answer = api.get(path);

        assertProblem(400, "Bad Request", answer);
        assertThat(answer.json().path("detail").textValue()).isEqualTo(reason);
    }

    @Test
    void aStoreThatIsAwayIsSaidToBe() {
        api.store.unavailable = true;

        for (String path : new String[] {"/quarantine", "/dead-letters?targetId=t1", "/events/evt-1/deliveries"}) {
            assertProblem(503, "Service Unavailable", api.get(path));
        }
    }
}
