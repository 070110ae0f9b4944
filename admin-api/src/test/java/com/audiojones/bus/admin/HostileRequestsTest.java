package com.audiojones.bus.admin;

import static com.audiojones.bus.admin.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.event.Priority;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a request line: the right status, one sentence, nothing of the inside; nothing is stored or sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {

    private AdminApi api;

    @BeforeAll
    void start() {
        api = AdminApi.withSharedSecret();
        api.store.add(Events.event("evt-1", "status_change", Priority.P1, "{}"));
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @AfterEach
    void nothingWasStoredOrSent() {
        assertThat(api.store.targets.all()).isEmpty();
        assertThat(api.feed.published).isEmpty();
        assertThat(api.feed.deleted).isEmpty();
        assertThat(api.lanes.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/stats",
        "GET,/events",
        "GET,/events/evt-1",
        "POST,/replay",
        "GET,/targets",
        "POST,/targets",
        "GET,/targets/tgt_1",
        "DELETE,/targets/tgt_1",
        "PATCH,/targets/tgt_1",
        "PUT,/targets",
        "TRACE,/stats",
        "GET,/no-such-path",
        "GET,/events?limit=abc",
        "GET,/stats?admin-key=" + AdminApi.KEY
    })
    void withoutTheKeyEveryAnswerIsTheSame(String method, String path) {
        BodyPublisher body = BodyPublishers.ofString("{\"eventId\":");

        assertUnauthorized(api.send(api.keyless(path).method(method, body)));
        for (String wrong : new String[] {"", "wrong", AdminApi.KEY + "x", AdminApi.KEY.toUpperCase(), "*", "null"}) {
            assertUnauthorized(
                    api.send(api.keyless(path).header("admin-key", wrong).method(method, body)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=501",
                "limit=1000000000",
                "limit=1e9",
                "limit=99999999999999999999",
                "limit=1.5",
                "limit=",
                "limit=%00",
                "limit=%D9%A1",
                "limit=5&limit=6",
                "cursor=",
                "cursor=abc",
                "cursor=%00",
                "cursor=after-1%27%20OR%201=1--",
                "cursor=%3Cscript%3Ealert(1)%3C/script%3E",
                "type=",
                "type=..",
                "type=%27%20OR%201=1--",
                "type=%3Cscript%3E",
                "type=status_change%0d%0aX-Other:1",
                "type=%ff%fe",
                "tpye=status_change",
                "Type=status_change",
                "offset=5",
                "=5",
                "limit"
            })
    void theListRefuses(String query) {
        assertProblem(400, "Bad Request", api.get("/events?" + query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "window=0h",
                "window=-1h",
                "window=1",
                "window=24H",
                "window=1h2m",
                "window=1000000d",
                "window=",
                "window=99999999999999999999s",
                "window=all%20",
                "window=1h&window=2h",
                "windows=1h",
                "window=%F0%9F%8E%A7"
            })
    void theStatsRefuse(String query) {
        assertProblem(400, "Bad Request", api.get("/stats?" + query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no-such-path",
                "",
                "/",
                "/events/no-such-event",
                "/events/%27%20OR%201=1--",
                "/events/..%2f..%2ftargets",
                "/events/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/targets/no-such-target",
                "/targets/%27%20OR%201=1--",
                "/targets/%2e%2e%2fstats",
                "/stats/more",
                "/STATS"
            })
    void whatIsNotThereIsUnknown(String path) {
        assertProblem(404, "Not Found", api.get(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST    | /stats         | GET",
                "OPTIONS | /stats         | GET",
                "TRACE   | /stats         | GET",
                "FROB    | /stats         | GET",
                "DELETE  | /events        | GET",
                "PUT     | /events/evt-1  | GET",
                "GET     | /replay        | POST",
                "PUT     | /targets       | GET, POST",
                "PUT     | /targets/tgt_1 | GET, PATCH, DELETE",
                "POST    | /targets/tgt_1 | GET, PATCH, DELETE"
            })
    void anotherMethodIsNotAllowed(String method, String path, String allowed) {
        AdminApi.Answer answer = api.send(api.request(path).method(method, BodyPublishers.noBody()));

        assertProblem(405, "Method Not Allowed", answer);
        assertThat(answer.header("allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/replay",
        "POST,/targets",
        "GET,/targets",
        "GET,/events/evt-1",
        "PATCH,/targets/tgt_1",
        "DELETE,/targets/tgt_1"
    })
    void aRouteWithoutParametersRefusesOne(String method, String path) {
        BodyPublisher body = BodyPublishers.ofString("{\"url\":\"https://example.com\",\"eventId\":\"evt-1\"}");

        assertProblem(
                400, "Bad Request", api.send(api.request(path + "?dryRun=true").method(method, body)));
    }

    private static void assertUnauthorized(AdminApi.Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"header admin-key: expected the admin key, got nothing or another\"}");
    }
}
