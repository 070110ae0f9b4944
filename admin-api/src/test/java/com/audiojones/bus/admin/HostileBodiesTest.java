package com.audiojones.bus.admin;

import static com.audiojones.bus.admin.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.audiojones.bus.event.Priority;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a body: the right status, one sentence, nothing of the inside; nothing is stored or sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {

    private static final String SECRET = Problems.SECRET;
    private static final String REPLAY_PREFIX = "{\"eventId\":\"evt-1\",\"targetUrl\":";

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

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("empty", ""),
                arguments("blank", " \n"),
                arguments("cut", "{\"url\":\"https://example.com"),
                arguments("two documents", "{\"url\":\"https://example.com\"}{}"),
                arguments("an array", "[]"),
                arguments("a string", "\"url\""),
                arguments("null", "null"),
                arguments("a form", "url=https://example.com"),
                arguments("XML", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
                arguments("a duplicate key", "{\"url\":\"https://example.com/1\",\"url\":\"https://example.com/2\"}"),
                arguments("a duplicate key spelled differently", "{\"url\":\"https://example.com\",\"\\u0075rl\":1}"),
                arguments("nested deeply", "{\"url\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"),
                arguments("nested 33 deep", "{\"url\":" + "[".repeat(32) + "]".repeat(32) + "}"),
                arguments("a comment", "{/* */\"url\":\"https://example.com\"}"),
                arguments("single quotes", "{'url':'https://example.com'}"),
                arguments("not a number", "{\"url\":NaN}"),
                arguments("half a surrogate pair", "{\"url\":\"https://example.com/\\ud800\"}"),
                arguments("a raw control character", "{\"url\":\"https://example.com/\u0000\"}"),
                arguments("a byte order mark", "\ufeff{\"url\":\"https://example.com\"}"),
                arguments("prototype pollution", "{\"url\":\"https://example.com\",\"__proto__\":{\"a\":1}}"),
                arguments("a type hint", "{\"@class\":\"java.lang.ProcessBuilder\",\"url\":\"https://example.com\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void noRouteTakesTheBody(String what, String body) {
        assertProblem(400, "Bad Request", api.post("/targets", body));
        assertProblem(400, "Bad Request", api.post("/replay", body));
    }

    static Stream<Arguments> encodings() {
        String json = "{\"url\":\"https://example.com/\u00ff\",\"eventId\":\"evt-1\"}";
        return Stream.of(
                arguments("Latin-1", json.getBytes(ISO_8859_1)),
                arguments("UTF-16", json.getBytes(UTF_16)),
                arguments("overlong", new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'}),
                arguments("a surrogate in UTF-8", new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}),
                arguments("cut in a character", "{\"url\":\"ü".getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void noRouteTakesTheEncoding(String what, byte[] body) {
        assertProblem(400, "Bad Request", api.post("/targets", body));
        assertProblem(400, "Bad Request", api.post("/replay", body));
    }

    static Stream<String> targetFields() {
        String url = "\"url\":\"https://example.com\"";
        return Stream.of(
                "\"secret\":\"" + SECRET + "\"",
                "\"url\":5",
                "\"url\":null",
                "\"url\":{}",
                "\"url\":[\"https://example.com\"]",
                url + ",\"secret\":\"" + SECRET.substring(1) + "\"",
                url + ",\"secret\":\"\"",
                url + ",\"secret\":1234567890",
                url + ",\"secret\":{\"" + SECRET + "\":1}",
                url + ",\"active\":\"yes\"",
                url + ",\"active\":1",
                url + ",\"events\":\"status_change\"",
                url + ",\"events\":[null]",
                url + ",\"events\":[7]",
                url + ",\"events\":[\"\"]",
                url + ",\"events\":[\"audit..user\"]",
                url + ",\"events\":[\"' OR 1=1 --\"]",
                url + ",\"events\":[\"<img src=x onerror=alert(1)>\"]",
                url + ",\"events\":[" + "\"a\",".repeat(200) + "\"a\"]",
                url + ",\"description\":{}",
                url + ",\"description\":\"" + "d".repeat(1001) + "\"",
                url + ",\"description\":1e400",
                url + ",\"allow_http\":\"true\"",
                url + ",\"id\":\"tgt_mine\"",
                url + ",\"version\":7",
                url + ",\"expires_at\":\"2030-01-01T00:00:00Z\"",
                url + ",\"created_at\":\"2030-01-01T00:00:00Z\"",
                url + ",\"event\":[\"status_change\"]",
                url + ",\"<script>\":1");
    }

    @ParameterizedTest
    @MethodSource("targetFields")
    void noTargetHas(String fields) {
        assertProblem(400, "Bad Request", api.post("/targets", "{" + fields + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hook",
                "//example.com/hook",
                "https://",
                "https:///hook",
                "http://example.com/hook",
                "ftp://example.com/hook",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "jar:https://example.com/a!/b",
                "https://user:word@example.com/hook",
                "https://example.com@127.0.0.1/",
                "https://example.com/\\r\\nX-Other: 1",
                "https://example.com/a b",
                "https://exa mple.com/",
                "https://127.0.0.1/",
                "https://127.1.2.3/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f.0.0.1/",
                "https://127.000.000.001/",
                "https://127.0.0.1./",
                "https://127。0。0。1/",
                "https://%6cocalhost/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.64.0.1/",
                "https://168.63.129.16/",
                "https://0.0.0.0/",
                "https://255.255.255.255/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[::127.0.0.1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fd00::1]/",
                "https://[fec0::1]/",
                "https://[2002:7f00:1::]/"
            })
    void noTargetAndNoReplayPointsTo(String url) {
        assertProblem(
                400, "Bad Request", api.post("/targets", "{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"}"));
        assertProblem(400, "Bad Request", api.post("/replay", REPLAY_PREFIX + "\"" + url + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"eventId\":null}",
                "{\"eventId\":7}",
                "{\"eventId\":\"\"}",
                "{\"eventId\":\"an id\"}",
                "{\"eventId\":\"' OR 1=1 --\"}",
                "{\"eventId\":[\"evt-1\"]}",
                "{\"eventId\":\"evt-1\",\"targetUrl\":7}",
                "{\"eventId\":\"evt-1\",\"targetUrl\":[]}",
                "{\"eventId\":\"evt-1\",\"targetURL\":\"https://example.com\"}",
                "{\"event_id\":\"evt-1\"}",
                "{\"eventId\":\"evt-1\",\"replayId\":\"mine\"}"
            })
    void noReplayIsMadeOf(String body) {
        assertProblem(400, "Bad Request", api.post("/replay", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "*/*", ""})
    void aBodyAnnouncedAsSomethingElseIsRefused(String mediaType) {
        HttpRequest.Builder request = api.request("/targets").header("Content-Type", mediaType);

        AdminApi.Answer answer = api.send(request.POST(BodyPublishers.ofString("{\"url\":\"https://example.com\"}")));

        assertProblem(415, "Unsupported Media Type", answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {64 * 1024 + 1, 1024 * 1024, 4 * 1024 * 1024})
    void aBodyOver64KiBIsTooLarge(int bytes) {
        String start = "{\"url\":\"https://example.com\",\"description\":\"";
        String body = start + "d".repeat(bytes - start.length() - 2) + "\"}";

        assertProblem(413, "Content Too Large", api.post("/targets", body));
        assertProblem(413, "Content Too Large", api.post("/replay", body));
    }
}
