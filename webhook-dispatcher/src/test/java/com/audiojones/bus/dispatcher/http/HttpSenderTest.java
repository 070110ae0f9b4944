package com.audiojones.bus.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.audiojones.bus.target.AddressGuard;
import com.audiojones.bus.testkit.FreePort;
import com.audiojones.bus.testkit.ScriptedReceiver;
import com.audiojones.bus.testkit.ScriptedReceiver.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final byte[] BODY = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final HttpSender sender = new HttpSender(new AddressGuard(List.of("127.0.0.0/8")), "1.2.3", 128);

    @AfterEach
    void close() {
        sender.close();
        receiver.close();
    }

    @Test
    void bodyAndHeadersArriveAsGiven() throws Exception {
        HttpOutcome outcome = post(URI.create(receiver.url("/hook")), DEADLINE);

        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.excerpt()).isEqualTo("{}");
        });
        ScriptedReceiver.Request request = receiver.requests().getFirst();
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.body()).isEqualTo("{\"a\": 1}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("User-Agent")).isEqualTo("AJ-Event-Bus/1.2.3");
        assertThat(request.header("X-Test")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        receiver.answer(request -> new Answer(status, Map.of("Location", receiver.url("/elsewhere")), ""));

        HttpOutcome outcome = post(URI.create(receiver.url("/hook")), DEADLINE);

        assertThat(outcome).isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.status())
                .isEqualTo(status));
        assertThat(receiver.requests())
                .extracting(ScriptedReceiver.Request::path)
                .containsExactly("/hook");
    }

    @Test
    void theDeadlineEndsAnExchangeThatWouldGoOn() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");

            assertThat(post(url, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                            .isEqualTo(HttpError.TIMEOUT));
        }
    }

    @Test
    void nobodyListening() throws Exception {
        assertThat(post(URI.create("http://127.0.0.1:" + FreePort.next() + "/"), DEADLINE))
                .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                        .isEqualTo(HttpError.CONNECTION_REFUSED));
    }

    @Test
    void theHeadersThatTheRulesAskForAreHandedOn() throws Exception {
        receiver.answer(
                request -> new Answer(503, Map.of("Retry-After", "120", "Webhook-Delivery", "d".repeat(200)), "later"));

        HttpOutcome outcome = post(URI.create(receiver.url("/")), DEADLINE);

        assertThat(outcome)
                .isEqualTo(new HttpOutcome.Answered(503, "120", "d".repeat(100), "later", false, outcome.timing()));
        assertThat(outcome.timing().connect())
                .isPositive()
                .isLessThanOrEqualTo(outcome.timing().total());
    }

    @Test
    void headersThatDidNotComeAreNull() throws Exception {
        HttpOutcome outcome = post(URI.create(receiver.url("/")), DEADLINE);

        assertThat(outcome).isEqualTo(new HttpOutcome.Answered(200, null, null, "{}", false, outcome.timing()));
    }

    @Test
    void theSystemsProxyIsNotUsed() throws Exception {
        try (RawReceiver proxy = RawReceiver.saying("HTTP/1.1 407 No\r\n" + RawReceiver.EMPTY)) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");
            try (HttpSender inProxyLand = new HttpSender(new AddressGuard(List.of("127.0.0.0/8")), "1", 1)) {
                HttpOutcome outcome = inProxyLand
                        .post(URI.create(receiver.url("/")), BODY, PostHeaders.NONE, DEADLINE)
                        .get(20, TimeUnit.SECONDS);

                assertThat(outcome)
                        .isInstanceOfSatisfying(HttpOutcome.Answered.class, answer -> assertThat(answer.status())
                                .isEqualTo(200));
                assertThat(proxy.heads()).isEmpty();
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
                System.clearProperty("http.nonProxyHosts");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "mailto:a@b.c", "/relative", "http:///x", "http://user:pw@127.0.0.1/"})
    void aUrlThatCannotBeDialledIsAnOutcomeToo(String url) throws Exception {
        assertThat(post(URI.create(url), DEADLINE)).isInstanceOf(HttpOutcome.Unanswered.class);
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (RawReceiver silent = RawReceiver.start((in, out) -> in.read())) {
            List<CompletableFuture<HttpOutcome>> posts = IntStream.range(0, 200)
                    .mapToObj(i -> sender.post(URI.create(silent.url()), BODY, PostHeaders.NONE, DEADLINE))
                    .toList();

            sender.close();

            assertThat(posts).allSatisfy(post -> assertThat(post.get(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                            .isEqualTo(HttpError.STOPPED)));
        }
        assertThat(post(URI.create(receiver.url("/")), DEADLINE))
                .isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> assertThat(none.error())
                        .isEqualTo(HttpError.STOPPED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://10.0.0.1/", "http://169.254.169.254/", "http://[::ffff:10.0.0.1]/", "http://[::1]/"})
    void aBlockedAddressIsNeverDialled(String url) throws Exception {
        assertThat(post(URI.create(url), DEADLINE)).isInstanceOfSatisfying(HttpOutcome.Unanswered.class, none -> {
            assertThat(none.error()).isEqualTo(HttpError.BLOCKED_ADDRESS);
            assertThat(none.message()).contains("is in the blocked range");
        });
    }

    private HttpOutcome post(URI url, Duration deadline) throws Exception {
        return sender.post(url, BODY, to -> to.accept("X-Test", "yes"), deadline)
                .get(20, TimeUnit.SECONDS);
    }
}
