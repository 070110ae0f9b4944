package com.audiojones.bus.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import com.audiojones.bus.kafka.InvalidRecordException;
import com.audiojones.bus.lane.LaneHeaders;
import com.audiojones.bus.store.StoredEvent;
import com.audiojones.bus.target.Target;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayRouteTest {

    private static final String ANYWHERE = "{\"eventId\":\"evt-1\"}";

    private AdminApi api;

    @BeforeEach
    void start() {
        api = AdminApi.withSharedSecret();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aReplayIsALaneRecordWithTheOriginalBytes() throws InvalidRecordException {
        StoredEvent event = Events.event("evt-1", "status_change", Priority.P1, "{\"n\":1e400, \"ü\":\"\\u00fc\"}");
        api.store.add(event);

        AdminApi.Answer answer = api.post("/replay", ANYWHERE);

        assertThat(answer.status()).isEqualTo(202);
        String replayId = answer.json().path("replayId").textValue();
        assertThat(replayId).matches("replay_" + AdminApi.NOW.toEpochMilli() + "_[0-9a-z]{9}");
        assertThat(answer.text()).isEqualTo("{\"replayId\":\"" + replayId + "\",\"eventId\":\"evt-1\",\"targets\":[]}");
        assertThat(api.lanes.history()).hasSize(1);
        ProducerRecord<byte[], byte[]> record = api.lanes.history().getFirst();
        assertThat(record.topic()).isEqualTo("bus.lane.standard");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("evt-1");
        assertThat(new String(record.value(), UTF_8)).isEqualTo(event.body());
        assertThat(LaneHeaders.read(record.headers()))
                .isEqualTo(event.headers().replayedAs(replayId, null, AdminApi.NOW.plus(Duration.ofHours(1))));
    }

    @ParameterizedTest
    @CsvSource({"P0,high,", "P1,standard,PT1H", "P2,low,PT15M", "P3,low,PT5M"})
    void thePriorityDecidesLaneAndFreshExpiry(Priority priority, String lane, Duration life)
            throws InvalidRecordException {
        api.store.add(Events.event("evt-1", "status_change", priority, "{}"));

        api.post("/replay", ANYWHERE);

        ProducerRecord<byte[], byte[]> record = api.lanes.history().getFirst();
        assertThat(record.topic()).isEqualTo("bus.lane." + lane);
        assertThat(LaneHeaders.read(record.headers()).expiresAt())
                .isEqualTo(life == null ? null : AdminApi.NOW.plus(life));
    }

    @Test
    void withoutAUrlTheAnswerNamesTheTargetsThatWantTheEvent() throws InvalidRecordException {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));
        String all = target("https://example.com/all", "[]");
        String status = target("https://example.com/status", "[\"status_*\"]");
        target("https://example.com/users", "[\"audit.user\"]");

        JsonNode answer = api.post("/replay", ANYWHERE).json();

        assertThat(answer.path("targets")).extracting(JsonNode::textValue).containsExactly(all, status);
        assertThat(onlyTargets()).containsExactly((String) null);
    }

    @Test
    void aTargetWhoseFilterDoesNotMatchTheBodyIsNotNamed() {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{\"amount\":120.5}"));
        String target = "{\"url\":\"https://example.com/hook\",\"filter\":{\"payload.amount\":{\"$gte\":%d}}}";
        JsonNode wanting = api.post("/targets", target.formatted(100)).json();
        api.post("/targets", target.formatted(1000));

        AdminApi.Answer answer = api.post("/replay", ANYWHERE);

        assertThat(answer.json().path("targets").toString())
                .isEqualTo("[\"" + wanting.path("id").textValue() + "\"]");
    }

    @Test
    void aTargetNamedByItsUrlGetsTheEventWhetherItWantsItOrNot() throws InvalidRecordException {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));
        target("https://example.com/all", "[]");
        String users = target("https://example.com/users", "[\"audit.user\"]");

        AdminApi.Answer answer = replayTo("https://example.com/users");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("targets"))
                .extracting(JsonNode::textValue)
                .containsExactly(users);
        assertThat(onlyTargets()).containsExactly(users);
    }

    @Test
    void severalTargetsAtOneUrlGetARecordEach() throws InvalidRecordException {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));
        String first = target("https://example.com/hook", "[]");
        String second = target("https://example.com/hook", "[\"audit.user\"]");

        AdminApi.Answer answer = replayTo("https://example.com/hook");

        assertThat(answer.json().path("targets"))
                .extracting(JsonNode::textValue)
                .containsExactly(first, second);
        assertThat(onlyTargets()).containsExactly(first, second);
    }

    @Test
    void anotherUrlIsReachedThroughAHiddenTargetThatIsInForceFirst() throws InvalidRecordException {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));

        AdminApi.Answer answer = replayTo("https://example.com/elsewhere");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(api.feed.published).hasSize(1);
        Target hidden = api.feed.published.getFirst();
        assertThat(api.store.targets.all()).containsExactly(hidden);
        assertThat(hidden.url()).isEqualTo("https://example.com/elsewhere");
        assertThat(hidden.secret()).isNull();
        assertThat(hidden.expiresAt()).isEqualTo(AdminApi.NOW.plus(Duration.ofHours(1)));
        assertThat(onlyTargets()).containsExactly(hidden.id());
        assertThat(answer.json().path("targets"))
                .extracting(JsonNode::textValue)
                .containsExactly(hidden.id());
        assertThat(api.get("/targets").json().path("targets")).isEmpty();
    }

    @Test
    void eachReplayToAnotherUrlHasATargetOfItsOwn() {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));

        replayTo("https://example.com/elsewhere");
        replayTo("https://example.com/elsewhere");

        assertThat(api.feed.published).extracting(Target::id).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anotherUrlNeedsTheSharedSecret() {
        try (AdminApi own = AdminApi.withoutSharedSecret()) {
            own.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));

            AdminApi.Answer answer =
                    own.post("/replay", "{\"eventId\":\"evt-1\",\"targetUrl\":\"https://example.com/elsewhere\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("detail").textValue())
                    .isEqualTo("targetUrl: expected the url of a target, got another, which needs a shared secret to"
                            + " sign with; set webhook.shared-secret (AJ_WEBHOOK_SHARED_SECRET)");
            assertThat(own.store.targets.all()).isEmpty();
            assertThat(own.lanes.history()).isEmpty();
        }
    }

    @Test
    void anEventThatIsNotStoredIsUnknown() {
        AdminApi.Answer answer = api.post("/replay", "{\"eventId\":\"evt-2\",\"targetUrl\":\"https://example.com/x\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").textValue())
                .isEqualTo("eventId: expected the id of a stored event, got 'evt-2'");
        assertThat(api.store.targets.all()).isEmpty();
    }

    @Test
    void aTargetUrlOfNullIsNone() {
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));

        assertThat(api.post("/replay", "{\"eventId\":\"evt-1\",\"targetUrl\":null}")
                        .status())
                .isEqualTo(202);
    }

    private AdminApi.Answer replayTo(String url) {
        return api.post("/replay", "{\"eventId\":\"evt-1\",\"targetUrl\":\"" + url + "\"}");
    }

    private String target(String url, String events) {
        return api.post("/targets", "{\"url\":\"" + url + "\",\"events\":" + events + "}")
                .json()
                .path("id")
                .textValue();
    }

    private List<String> onlyTargets() throws InvalidRecordException {
        List<String> found = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : api.lanes.history()) {
            found.add(LaneHeaders.read(record.headers()).onlyTarget());
        }
        return found;
    }
}
